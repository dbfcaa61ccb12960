using System.Globalization;

namespace ConnectorDb.Core.Charts;

/// <summary>The axis of values: its ends, and ticks at multiples of 1, 2 or 5 · 10ⁿ.</summary>
public sealed class ValueAxis
{
    /// <summary>From this power of ten on, and below its inverse, labels have an exponent.</summary>
    private const int PlainPowers = 7;

    /// <summary>Digits that a double has behind the first.</summary>
    private const int MaxDigits = 15;

    /// <summary>Rounding errors of a digit are smaller, and the half of a digit is larger.</summary>
    private const double Tolerance = 0.1;

    /// <summary>Between values that are closer, steps would not be exact doubles.</summary>
    private const double Least = 1e-300;

    private ValueAxis(double low, double high, IReadOnlyList<ChartTick> ticks, IReadOnlyList<ChartTick> halfTicks, double half)
    {
        (Low, High, Ticks, HalfTicks, Ends) = (low, high, ticks, halfTicks, [End(low), End(high)]);

        ChartTick End(double value)
            => ticks.FirstOrDefault(tick => Math.Abs(tick.Value - value) < half / 2) is { Label: not null } tick ? tick : new ChartTick(value, Label(value, half));
    }

    /// <summary>The value at the lower end.</summary>
    public double Low { get; }

    /// <summary>The value at the upper end, more than <see cref="Low"/>.</summary>
    public double High { get; }

    public IReadOnlyList<ChartTick> Ticks { get; }

    /// <summary>The ticks and those halfway between them, from the lower to the upper end.</summary>
    public IReadOnlyList<ChartTick> HalfTicks { get; }

    /// <summary>The lower and the upper end, which may lie between two ticks.</summary>
    public IReadOnlyList<ChartTick> Ends { get; }

    /// <summary>The place of a value: 0 at the lower end, 1 at the upper one.</summary>
    /// <remarks>Of halves, because the difference of the ends may not be a double.</remarks>
    public double PlaceOf(double value) => ((value / 2) - (Low / 2)) / ((High / 2) - (Low / 2));

    /// <summary>An axis that contains the values and ends at half steps, so that little room is lost.</summary>
    /// <param name="minimum">The least value.</param>
    /// <param name="maximum">The largest value.</param>
    /// <param name="ticks">The maximum number of ticks, at least 2.</param>
    public static ValueAxis Around(double minimum, double maximum, int ticks)
    {
        if (!((maximum / 2) - (minimum / 2) > Least))
        {
            double slack = Math.Abs(minimum) > Least ? Math.Abs(minimum) / 2 : 1;
            (minimum, maximum) = (Math.Max(minimum - slack, -double.MaxValue), Math.Min(maximum + slack, double.MaxValue));
        }

        double step = Step((maximum / ticks) - (minimum / ticks));
        double half = step / 2;
        double low = Math.Max(Math.Floor(minimum / half) * half, -double.MaxValue);
        double high = Math.Min(Math.Ceiling(maximum / half) * half, double.MaxValue);
        return new ValueAxis(low, high, Marks(low, high, step, ticks), Marks(low, high, half, 2 * ticks), half);
    }

    private static List<ChartTick> Marks(double low, double high, double step, int most)
    {
        List<ChartTick> marks = [];
        for (double number = Math.Ceiling(low / step); number * step <= high && marks.Count <= most; number++)
        {
            // Zero from below would have a sign.
            double value = number == 0 ? 0 : number * step;
            marks.Add(new ChartTick(value, Label(value, step)));
        }

        return marks;
    }

    /// <summary>The least 1, 2 or 5 · 10ⁿ that is at least so large; 1e308 if that is no double.</summary>
    private static double Step(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return least <= power || double.IsInfinity(2 * power) ? power : least <= 2 * power ? 2 * power : least <= 5 * power ? 5 * power : 10 * power;
    }

    private static string Label(double value, double step)
    {
        int power = (int)Math.Floor(Math.Log10(step));
        double digits = step / Math.Pow(10, power);

        // Half of five has one more digit.
        power -= Math.Abs(digits - Math.Round(digits)) > Tolerance ? 1 : 0;
        double largest = Math.Max(Math.Abs(value), step);
        return largest >= Math.Pow(10, PlainPowers) || power < -PlainPowers
            ? value.ToString($"0.{new string('#', Math.Clamp((int)Math.Log10(largest) - power, 3, MaxDigits))}e0", CultureInfo.InvariantCulture)
            : value.ToString("F" + Math.Max(0, -power), CultureInfo.InvariantCulture);
    }
}

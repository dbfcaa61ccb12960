using System.Globalization;

namespace ConnectorDb.Core.Charts;

/// <summary>The axis of time: ticks at usual times of the clock or calendar of a zone.</summary>
public sealed class TimeAxis
{
    private const double Minute = 60;
    private const int MaxTicks = 100;

    private const string DayFormat = "d MMM";

    private TimeAxis(double from, double to, IReadOnlyList<ChartTick> ticks) => (From, To, Ticks) = (from, to, ticks);

    /// <summary>Unix seconds of the left end.</summary>
    public double From { get; }

    /// <summary>Unix seconds of the right end, more than <see cref="From"/>.</summary>
    public double To { get; }

    public IReadOnlyList<ChartTick> Ticks { get; }

    /// <summary>The place of a time: 0 at the left end, 1 at the right one.</summary>
    public double PlaceOf(double time) => (time - From) / (To - From);

    /// <param name="from">Unix seconds.</param>
    /// <param name="to">Unix seconds.</param>
    /// <param name="zone">The zone of the labels.</param>
    /// <param name="ticks">The maximum number of ticks.</param>
    public static TimeAxis Between(double from, double to, TimeZoneInfo zone, int ticks)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (!(from < to))
        {
            (from, to) = (from - (Minute / 2), from + (Minute / 2));
        }

        // Of a week, the steps after two days would have a single Monday.
        double span = to - from;
        for (int wanted = Math.Max(1, ticks); ; wanted *= 2)
        {
            List<ChartTick> marks = Marks(from, to, zone, ColumnLength.AtLeast(span / wanted));
            if (marks.Count > 1 || wanted > MaxTicks)
            {
                return new TimeAxis(from, to, marks);
            }
        }
    }

    private static List<ChartTick> Marks(double from, double to, TimeZoneInfo zone, (double? Seconds, CalendarStep? Step) length)
    {
        (double? seconds, CalendarStep? step) = length;
        double[] times = [.. seconds is { } clock ? OfClock(from, to, zone, clock) : OfCalendar(from, to, zone, step!)];
        DateTime[] shown = [.. times.Select(time => TimeZoneInfo.ConvertTime(UnixTime.ToDateTimeOffset(time), zone).DateTime)];

        // A date makes a label longer. The first day needs none when the next one is named.
        bool hasMidnight = shown.Any(time => time.TimeOfDay == TimeSpan.Zero);
        return
        [
            .. times.Select((time, i) => new ChartTick(time, shown[i].ToString(
                step is not null ? CalendarFormat(step)
                : shown[i].TimeOfDay == TimeSpan.Zero ? DayFormat
                : ClockFormat(seconds!.Value, i == 0 ? !hasMidnight : shown[i].Date != shown[i - 1].Date),
                CultureInfo.InvariantCulture))),
        ];
    }

    /// <summary>Times at multiples of the length after midnight of the clock, which may jump.</summary>
    private static IEnumerable<double> OfClock(double from, double to, TimeZoneInfo zone, double length)
    {
        DateTime clock = TimeZoneInfo.ConvertTime(UnixTime.ToDateTimeOffset(from), zone).DateTime;
        DateTime midnight = clock.Date;
        double last = double.NegativeInfinity;
        for (double number = Math.Floor((clock - midnight).TotalSeconds / length); ; number++)
        {
            DateTime next = midnight.AddTicks((long)Math.Round(number * length * TimeSpan.TicksPerSecond));
            if (zone.IsInvalidTime(next))
            {
                continue;
            }

            double time = UnixTime.FromDateTimeOffset(new DateTimeOffset(next, zone.IsAmbiguousTime(next) ? zone.GetAmbiguousTimeOffsets(next).Max() : zone.GetUtcOffset(next)));
            if (time > to)
            {
                yield break;
            }

            if (time >= from && time > last)
            {
                yield return last = time;
            }
        }
    }

    private static IEnumerable<double> OfCalendar(double from, double to, TimeZoneInfo zone, CalendarStep step)
    {
        Queries.CalendarGrid grid = new(step, zone, from: 0);
        for (double time = grid.After(Math.BitDecrement(from)); time <= to; time = grid.After(time))
        {
            yield return time;
        }
    }

    private static string ClockFormat(double length, bool isNewDay)
        => (isNewDay ? DayFormat + " " : "") + (length < 0.001 ? "HH:mm:ss.ffffff" : length < 1 ? "HH:mm:ss.fff" : length < Minute ? "HH:mm:ss" : "HH:mm");

    private static string CalendarFormat(CalendarStep step) => step.Unit switch
    {
        CalendarUnit.Day or CalendarUnit.Week => DayFormat,
        CalendarUnit.Year => "yyyy",
        _ => "MMM yyyy",
    };
}

using System.Runtime.CompilerServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Storage.Segments;

/// <summary>Statistics of the numbers of a column without NaN.</summary>
/// <param name="Sum">See <see cref="ExactSum.Rounded"/>.</param>
/// <param name="Rest">See <see cref="ExactSum.Rest"/>; null also where it was not kept, then the sum may be inexact.</param>
public readonly record struct NumberSummary(long Count, double Sum, double? Rest, double Minimum, double Maximum)
{
    /// <summary>Null when the column holds no number.</summary>
    public static NumberSummary? Of(Column column)
    {
        ReadOnlySpan<double> numbers = NumbersIn(column);
        (double minimum, double maximum) = BoundsOf(numbers);
        ExactSum sum = new();
        sum.Add(numbers);
        return numbers.IsEmpty ? null : new NumberSummary(numbers.Length, sum.Rounded, sum.Rest, minimum, maximum);
    }

    /// <summary>The least and the largest of numbers without NaN; infinities in reverse order if there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Minimum, double Maximum) BoundsOf(ReadOnlySpan<double> numbers)
    {
        (double minimum, double maximum) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double number in numbers)
        {
            minimum = number < minimum ? number : minimum;
            maximum = number > maximum ? number : maximum;
        }

        return (minimum, maximum);
    }

    /// <summary>The numbers of a column, as doubles.</summary>
    public static ReadOnlySpan<double> NumbersIn(Column column) => column switch
    {
        NumberColumn numbers => WithoutNaN(numbers.Values.Span),
        IntegerColumn integers => Doubles(integers.Values.Span),
        ValueColumn values => WithoutNaN(Doubles(values.Values.Span)),
        _ => [],
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ReadOnlySpan<double> WithoutNaN(ReadOnlySpan<double> numbers)
    {
        foreach (double number in numbers)
        {
            if (double.IsNaN(number))
            {
                return numbers.ToArray().Where(one => !double.IsNaN(one)).ToArray();
            }
        }

        return numbers;
    }

    private static double[] Doubles(ReadOnlySpan<long> values)
    {
        double[] numbers = new double[values.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = values[i];
        }

        return numbers;
    }

    private static ReadOnlySpan<double> Doubles(ReadOnlySpan<DataValue> values)
    {
        double[] numbers = new double[values.Length];
        int count = 0;
        foreach (DataValue value in values)
        {
            if (value.IsNumber)
            {
                numbers[count++] = value.AsDouble();
            }
        }

        return numbers.AsSpan(0, count);
    }
}

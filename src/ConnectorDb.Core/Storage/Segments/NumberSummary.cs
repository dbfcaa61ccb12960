using ConnectorDb.Columns;

namespace ConnectorDb.Core.Storage.Segments;

/// <summary>The numbers of a run of datapoints, summed from first to last; NaN is left out.</summary>
public readonly record struct NumberSummary(long Count, double Sum, double Minimum, double Maximum)
{
    private static readonly NumberSummary s_none = new(0, 0, double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>Null when the column holds no number.</summary>
    public static NumberSummary? Of(Column column)
    {
        NumberSummary summary = column switch
        {
            NumberColumn numbers => Of(numbers.Values.Span),
            IntegerColumn integers => Of(integers.Values.Span),
            ValueColumn values => Of(values.Values.Span),
            _ => s_none,
        };

        return summary.Count == 0 ? null : summary;
    }

    private static NumberSummary Of(ReadOnlySpan<double> values)
    {
        (long count, double sum, double minimum, double maximum) = s_none;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                count++;
                sum += value;
                minimum = value < minimum ? value : minimum;
                maximum = value > maximum ? value : maximum;
            }
        }

        return new NumberSummary(count, sum, minimum, maximum);
    }

    private static NumberSummary Of(ReadOnlySpan<long> values)
    {
        (long minimum, long maximum, double sum) = (long.MaxValue, long.MinValue, 0);
        foreach (long value in values)
        {
            sum += value;
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
        }

        return new NumberSummary(values.Length, sum, minimum, maximum);
    }

    private static NumberSummary Of(ReadOnlySpan<DataValue> values)
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

        return Of(numbers.AsSpan(0, count));
    }
}

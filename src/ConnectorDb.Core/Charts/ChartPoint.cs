namespace ConnectorDb.Core.Charts;

/// <summary>One number of a chart, or the statistics of several.</summary>
/// <param name="FirstT">Unix seconds of the first number.</param>
/// <param name="LastT">Unix seconds of the last number.</param>
/// <param name="Count">How many numbers.</param>
public readonly record struct ChartPoint(double FirstT, double LastT, long Count, double Minimum, double Mean, double Maximum)
{
    /// <summary>The time half-way between the first and the last number.</summary>
    public double Middle => FirstT + ((LastT - FirstT) / 2);

    /// <summary>A single number.</summary>
    public static ChartPoint At(double t, double number) => new(t, t, 1, number, number, number);

    /// <summary>The numbers of a column that has some, without its booleans, which are 0 and 1 in its sum; of a column that has nothing else, the booleans.</summary>
    public static ChartPoint Of(StreamSummary column)
    {
        ArgumentNullException.ThrowIfNull(column);
        (double minimum, double maximum) = (column.Minimum!.Value, column.Maximum!.Value);

        // A sum beyond the range of a double has no mean.
        double mean = double.IsFinite(column.Mean!.Value) ? column.Mean.Value : (minimum / 2) + (maximum / 2);
        long numbers = column.Numbers - column.Booleans;
        bool isMixed = numbers > 0 && column.Booleans > 0;
        return isMixed
            ? new(column.FirstT!.Value, column.LastT!.Value, numbers, minimum, Math.Clamp(((mean * column.Numbers) - column.Trues) / numbers, minimum, maximum), maximum)
            : new(column.FirstT!.Value, column.LastT!.Value, column.Numbers, minimum, mean, maximum);
    }
}

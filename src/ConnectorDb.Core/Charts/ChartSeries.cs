using System.Globalization;

namespace ConnectorDb.Core.Charts;

/// <summary>One line of a chart, or the bars of the states of a stream that has no numbers.</summary>
/// <param name="Name">The text of the legend.</param>
/// <param name="Points">In order of time; all finite. Empty if there are states.</param>
/// <param name="Others">The number of datapoints that are neither numbers nor states, and so are not shown.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points, long Others)
{
    /// <summary>A pause this many times as long as usual is a gap.</summary>
    private const int PausesPerGap = 8;

    /// <summary>Fewer pauses between columns are too few.</summary>
    private const int FewPauses = 3;

    /// <summary>Advice for a series with an <see cref="Obstacle"/>: a transform.</summary>
    public static string Advice { get; } = $"At most {Chart.MaxRows} different texts are drawn, and no objects. Give a transform that makes numbers, booleans or fewer texts, such as: $[\"name\"] or $ == \"open\"";

    private readonly double _gap = GapOf(Points);

    /// <summary>The texts or booleans of a stream without numbers, each a row of the chart, from above.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>When each state held, in order of time.</summary>
    public IReadOnlyList<StateBar> Bars { get; init; } = [];

    /// <summary>The state of the newest datapoint; null without states.</summary>
    public string? LastState { get; init; }

    /// <summary>The unit of the numbers; empty if it is unknown.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The name and the unit.</summary>
    public string Label => Unit.Length > 0 ? $"{Name} in {Unit}" : Name;

    /// <summary>The number of datapoints that are shown.</summary>
    public long Count { get; init; } = Points.Sum(point => point.Count);

    /// <summary>The least number; 0 without points.</summary>
    public double Minimum => Points.Select(point => point.Minimum).DefaultIfEmpty().Min();

    /// <summary>The mean of all numbers; 0 without points.</summary>
    public double Mean => Points.Sum(point => point.Mean * (point.Count / (double)Count));

    /// <summary>The largest number; 0 without points.</summary>
    public double Maximum => Points.Select(point => point.Maximum).DefaultIfEmpty().Max();

    /// <summary>Why nothing of the series is drawn; null if it is.</summary>
    public string? Obstacle => States.Count > Chart.MaxRows ? $"more than {Chart.MaxRows} states"
        : States.Count > 0 || Points.Count > 0 ? null
        : Others > 0 ? "none is a number" : "no datapoints in this range";

    /// <summary>The figures in words, such as "4 datapoints" and "max 3".</summary>
    public IReadOnlyList<string> Figures => (States.Count, Points.Count) switch
    {
        (> 0, _) => [CountText.Of(Count, "datapoint"), CountText.Of(States.Count, "state"), $"last {LastState}"],
        (0, 0) => Others > 0 ? [CountText.Of(Others, "datapoint"), Obstacle!] : [Obstacle!],
        _ => [CountText.Of(Count, "datapoint"), .. Others > 0 ? [Others == 1 ? "1 not a number" : Invariant($"{Others} not numbers")] : (string[])[], Invariant($"min {Minimum:G6}"), Invariant($"mean {Mean:G6}"), Invariant($"max {Maximum:G6}")],
    };

    /// <summary>The name and figures in a sentence.</summary>
    public string Description => $"{Label}: {string.Join(", ", Figures)}{(States.Count > 0 ? $"; {string.Join(", ", States)}" : "")}";

    /// <summary>The series of the columns of a stream.</summary>
    public static ChartSeries Of(string name, IReadOnlyList<StreamSummary> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ChartSeriesBuilder builder = new(name);
        foreach (StreamSummary column in columns)
        {
            builder.Add(column);
        }

        return builder.Build();
    }

    /// <summary>Unix seconds where a column ends that is drawn: at its last number, or at the next column if the pause is not longer than the column.</summary>
    /// <param name="point">The index of the column.</param>
    public double EndOf(int point)
    {
        (double first, double last) = (Points[point].FirstT, Points[point].LastT);
        double next = point + 1 < Points.Count ? Points[point + 1].FirstT : last;
        return next > last && next - last <= last - first ? next : last;
    }

    /// <summary>The line is interrupted between two neighbours.</summary>
    public bool IsGap(ChartPoint before, ChartPoint after) => after.FirstT - before.LastT > _gap;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double GapOf(IReadOnlyList<ChartPoint> points)
    {
        IEnumerable<double> between = points.Zip(points.Skip(1), (before, after) => after.FirstT - before.LastT);

        // A few columns do not show what is usual: their datapoints do.
        IEnumerable<double> within = points.Count <= FewPauses ? points.Where(point => point.Count > 1).Select(point => (point.LastT - point.FirstT) / (point.Count - 1)) : [];
        double[] pauses = [.. between.Concat(within).Where(pause => pause > 0).Order()];
        return pauses.Length == 0 ? double.PositiveInfinity : PausesPerGap * pauses[(pauses.Length - 1) / 2];
    }
}

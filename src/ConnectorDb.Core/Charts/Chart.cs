using System.Globalization;

namespace ConnectorDb.Core.Charts;

/// <summary>Series over one axis of time, with one or two axes of values. All formats draw the same.</summary>
public sealed record Chart
{
    /// <summary>The maximum number of series; more cannot be told apart.</summary>
    public const int MaxSeries = 50;

    /// <summary>The maximum number of states of a series that are drawn, each in a row.</summary>
    public const int MaxRows = 8;

    /// <summary>The text in place of a chart without a datapoint.</summary>
    public const string Nothing = "Nothing to draw in this range";

    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>The series with the axis of values on the right; the others have the left one.</summary>
    public IReadOnlySet<ChartSeries> Right { get; init; } = new HashSet<ChartSeries>();

    /// <summary>The text above the picture; null for the name of a single series.</summary>
    public string? Title { get; init; }

    /// <summary>The zone of the labels.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Unix seconds of the left end; null for the first datapoint.</summary>
    public double? From { get; init; }

    /// <summary>Unix seconds of the right end; null for the last datapoint.</summary>
    public double? To { get; init; }

    /// <summary>The lower end of the left axis; null for the least value.</summary>
    public double? Minimum { get; init; }

    /// <summary>The upper end of the left axis; null for the largest value.</summary>
    public double? Maximum { get; init; }

    /// <summary>The title, or the name of a single series with its unit; empty for several series without a title.</summary>
    public string Heading => Title ?? (Series.Count == 1 ? Series[0].Label : "");

    /// <summary>The picture in words: its range, and the figures of each series.</summary>
    public string Description => string.Join('\n', (string[])[Range, .. Series.Select(series => series.Description)]);

    /// <summary>The ends of the axis of time and its zone.</summary>
    public string Range => (TimeEnds ?? (From, To)) is ({ } from, { } to) ? $"{TimeText(from)} – {TimeText(to)}, {TimeZones.NameOf(Zone)}" : TimeZones.NameOf(Zone);

    /// <summary>True if the series is drawn as rows of states.</summary>
    public static bool HasRows(ChartSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return series.States.Count is > 0 and <= MaxRows;
    }

    /// <summary>The ends of the axis of time in unix seconds: the given ones, else those of the series; null if nothing is drawn.</summary>
    public static (double From, double To)? TimeEndsOf(IReadOnlyList<ChartSeries> series, double? from, double? to)
    {
        double[] times =
        [
            .. series.SelectMany(one => one.Points).SelectMany(point => (double[])[point.FirstT, point.LastT]),
            .. series.Where(HasRows).SelectMany(one => one.Bars).SelectMany(bar => (double[])[bar.FromT, bar.ToT]),
        ];
        return times.Length == 0 ? null : (from ?? times.Min(), to ?? times.Max());
    }

    /// <summary>The axis of time; null if nothing is drawn.</summary>
    public TimeAxis? TimesOf(int ticks) => TimeEnds is var (from, to) ? TimeAxis.Between(from, to, Zone, ticks) : null;

    /// <summary>An axis of values; null if it has no series with a number.</summary>
    public ValueAxis? ValuesOf(bool isRight, int ticks)
    {
        ChartPoint[] points = [.. Series.Where(series => Right.Contains(series) == isRight).SelectMany(series => series.Points)];
        return points.Length == 0 ? null : ValueAxis.Around(
            (isRight ? null : Minimum) ?? points.Min(point => point.Minimum),
            (isRight ? null : Maximum) ?? points.Max(point => point.Maximum),
            Math.Max(2, ticks));
    }

    private (double From, double To)? TimeEnds => TimeEndsOf(Series, From, To);

    private string TimeText(double time)
        => TimeZoneInfo.ConvertTime(UnixTime.ToDateTimeOffset(time), Zone).ToString("d MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture);
}

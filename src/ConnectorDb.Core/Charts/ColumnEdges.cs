using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Charts;

/// <summary>The edges of the columns of a chart, in unix seconds. A column contains its start and not its end.</summary>
internal sealed class ColumnEdges
{
    /// <summary>The shortest length of a column in seconds: the resolution of times that are shown.</summary>
    public const double Shortest = 1e-6;

    private readonly CalendarGrid? _calendar;
    private readonly double _length;

    /// <summary>The start of one of the columns.</summary>
    private readonly double _origin;

    private ColumnEdges(CalendarGrid calendar, double slack) => (_calendar, Slack) = (calendar, slack);

    private ColumnEdges(double length, double origin, double slack) => (_length, _origin, Slack) = (length, origin, slack);

    /// <summary>A segment that is not longer than this, in seconds, is not divided: it belongs to the column of its middle.</summary>
    public double Slack { get; }

    /// <param name="query">A query that was checked.</param>
    /// <param name="first">Unix seconds of the first datapoint.</param>
    /// <param name="last">Unix seconds of the last one.</param>
    public static ColumnEdges Of(ChartQuery query, double first, double last)
    {
        TimeZoneInfo zone = ChartCheck.ZoneOf(query);
        if (query.Columns is not { } columns)
        {
            return query.Step is { } given
                ? new(new CalendarGrid(given, zone, query.Range.T1 is { } start && double.IsFinite(start) ? Math.BitIncrement(start) : first), slack: 0)
                : new(query.Every!.Value, Midnight(zone, first), slack: 0);
        }

        double from = query.Range.T1 is { } t1 && double.IsFinite(t1) ? Math.Min(t1, first) : first;
        double to = query.Range.T2 is { } t2 && double.IsFinite(t2) ? Math.Max(t2, last) : last;
        double wanted = (to - from) / columns;
        (double? seconds, CalendarStep? step) = ColumnLength.AtLeast(wanted);
        return seconds is { } length
            ? new(length, Midnight(zone, first), length)
            : new(new CalendarGrid(step!, zone, from: 0), wanted);
    }

    /// <summary>The column with that time.</summary>
    public (double From, double To) Around(double time)
    {
        if (_calendar is not null)
        {
            double start = _calendar.Before(Math.BitIncrement(time));
            return (start, _calendar.After(start));
        }

        double number = Math.Floor((time - _origin) / _length);
        number += Edge(number) > time ? -1 : Edge(number + 1) <= time ? 1 : 0;
        return (Edge(number), Math.Max(Edge(number + 1), Math.BitIncrement(time)));
    }

    private double Edge(double number) => _origin + (number * _length);

    /// <summary>The start of the day of a time.</summary>
    private static double Midnight(TimeZoneInfo zone, double time)
        => new CalendarGrid(new CalendarStep(1, CalendarUnit.Day), zone, from: time).Before(Math.BitIncrement(time));
}

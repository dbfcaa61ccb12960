using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Charts;

/// <summary>The edges of the columns of a chart, in unix seconds. A column contains its start and not its end.</summary>
/// <remarks>Edges that are equal divide all times in the same way.</remarks>
internal sealed class ColumnEdges : IEquatable<ColumnEdges>
{
    /// <summary>The shortest length of a column in seconds: the resolution of times that are shown.</summary>
    public const double Shortest = 1e-6;

    private readonly CalendarGrid? _calendar;
    private readonly CalendarStep? _step;
    private readonly TimeZoneInfo? _zone;
    private readonly double _length;

    /// <summary>The start of one of the columns.</summary>
    private readonly double _origin;

    private ColumnEdges(CalendarStep step, TimeZoneInfo zone, double from)
    {
        (_step, _zone, _calendar) = (step, zone, new CalendarGrid(step, zone, from));
        _origin = step.Count == 1 ? 0 : _calendar.First;
    }

    /// <param name="midnight">The start of one of the columns, in whole seconds.</param>
    private ColumnEdges(double length, double midnight)
    {
        _length = length;

        // Whole seconds are exact, so that all midnights that are a number of columns apart have the same edges.
        _origin = double.IsInteger(length) ? midnight - (Math.Floor(midnight / length) * length) : midnight;
    }

    /// <summary>Columns of a length, of which one starts at an origin, in whole seconds.</summary>
    public static ColumnEdges Every(long length, long origin) => new(length, (double)origin);

    /// <param name="query">A query that was checked.</param>
    /// <param name="first">Unix seconds of the first datapoint.</param>
    /// <param name="last">Unix seconds of the last one.</param>
    public static ColumnEdges Of(ChartQuery query, double first, double last)
    {
        TimeZoneInfo zone = ChartCheck.ZoneOf(query);
        if (query.Columns is not { } columns)
        {
            return query.Step is { } given
                ? new(given, zone, query.Range.T1 is { } start && double.IsFinite(start) ? Math.BitIncrement(start) : first)
                : new(query.Every!.Value, Midnight(zone, first));
        }

        double from = query.Range.T1 is { } t1 && double.IsFinite(t1) ? Math.Min(t1, first) : first;
        double to = query.Range.T2 is { } t2 && double.IsFinite(t2) ? Math.Max(t2, last) : last;
        (double? seconds, CalendarStep? step) = ColumnLength.AtLeast((to - from) / columns);
        return seconds is { } length ? new(length, Midnight(zone, first)) : new(step!, zone, from: 0);
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

    public bool Equals(ColumnEdges? other)
        => other is not null && _length == other._length && _origin == other._origin && _step == other._step && Equals(_zone, other._zone);

    public override bool Equals(object? obj) => Equals(obj as ColumnEdges);

    public override int GetHashCode() => HashCode.Combine(_length, _origin, _step);

    private double Edge(double number) => _origin + (number * _length);

    /// <summary>The start of the day of a time.</summary>
    private static double Midnight(TimeZoneInfo zone, double time)
        => new CalendarGrid(new CalendarStep(1, CalendarUnit.Day), zone, from: time).Before(Math.BitIncrement(time));
}

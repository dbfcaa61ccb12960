namespace ConnectorDb.Core.InfluxQl.Results;

/// <summary>A series of a response.</summary>
/// <param name="Name">Null for a list without a name.</param>
/// <param name="Tags">Sorted by name; null without <c>GROUP BY</c>.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">Their values.</param>
public sealed record InfluxSeriesResult(string? Name, IReadOnlyList<KeyValuePair<string, string>>? Tags, IReadOnlyList<string> Columns, IReadOnlyList<DataValue[]> Rows)
{
    /// <summary>The first column has nanoseconds.</summary>
    public bool HasTimes { get; init; }

    /// <summary>The zone of times that are written as text; null for UTC.</summary>
    public TimeZoneInfo? Zone { get; init; }
}

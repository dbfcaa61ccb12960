namespace ConnectorDb;

/// <summary>Count, times and number statistics of a range of a stream.</summary>
public sealed record StreamSummary
{
    /// <summary>The path of the stream.</summary>
    public required string Stream { get; init; }

    /// <summary>Unix seconds of the start of a column; null for the summary of a whole range.</summary>
    public double? FromT { get; init; }

    /// <summary>Unix seconds of the end of a column, exclusive; null for the summary of a whole range.</summary>
    public double? ToT { get; init; }

    public DateTimeOffset? From => FromT is { } t ? UnixTime.ToDateTimeOffset(t) : null;

    public DateTimeOffset? To => ToT is { } t ? UnixTime.ToDateTimeOffset(t) : null;

    /// <summary>Datapoints in the range.</summary>
    public long Count { get; init; }

    /// <summary>Unix seconds of the first datapoint; null when there is none.</summary>
    public double? FirstT { get; init; }

    /// <summary>Unix seconds of the last datapoint; null when there is none.</summary>
    public double? LastT { get; init; }

    public DateTimeOffset? First => FirstT is { } t ? UnixTime.ToDateTimeOffset(t) : null;

    public DateTimeOffset? Last => LastT is { } t ? UnixTime.ToDateTimeOffset(t) : null;

    /// <summary>Number of datapoints that are numbers; in a column, booleans are 0 and 1. The following statistics cover only those, and are null without any.</summary>
    public long Numbers { get; init; }

    /// <summary>In a column, how many of <see cref="Numbers"/> are booleans.</summary>
    public long Booleans { get; init; }

    /// <summary>In a column, how many of <see cref="Booleans"/> are true.</summary>
    public long Trues { get; init; }

    /// <summary>In a column of numbers and booleans, that of the numbers.</summary>
    public double? Minimum { get; init; }

    /// <inheritdoc cref="Minimum"/>
    public double? Maximum { get; init; }

    /// <summary>The exact sum, rounded once; so its last digits may differ from those of a script, which rounds after each addition.</summary>
    public double? Sum { get; init; }

    /// <summary>
    /// The different texts, booleans and nulls of a column, the newest last; null for the summary of a whole range, and if the columns have
    /// objects, texts of more than <see cref="ChartQuery.MaxStateLength"/> characters, or more than <see cref="ChartQuery.MaxStates"/> different ones together.
    /// </summary>
    public StateCount[]? States { get; init; }

    public double? Mean => Numbers > 0 ? Sum / Numbers : null;
}

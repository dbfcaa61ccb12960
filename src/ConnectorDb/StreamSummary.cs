namespace ConnectorDb;

/// <summary>Count, times and number statistics of a range of a stream.</summary>
public sealed record StreamSummary
{
    public required CdbPath Stream { get; init; }

    /// <summary>Datapoints in the range.</summary>
    public long Count { get; init; }

    /// <summary>Unix seconds of the first datapoint; null when there is none.</summary>
    public double? FirstT { get; init; }

    /// <summary>Unix seconds of the last datapoint; null when there is none.</summary>
    public double? LastT { get; init; }

    public DateTimeOffset? First => FirstT is { } t ? UnixTime.ToDateTimeOffset(t) : null;

    public DateTimeOffset? Last => LastT is { } t ? UnixTime.ToDateTimeOffset(t) : null;

    /// <summary>Number of datapoints that are numbers. The following statistics cover only those, and are null without any.</summary>
    public long Numbers { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    /// <summary>The exact sum, rounded once; so its last digits may differ from those of a script, which rounds after each addition.</summary>
    public double? Sum { get; init; }

    public double? Mean => Numbers > 0 ? Sum / Numbers : null;
}

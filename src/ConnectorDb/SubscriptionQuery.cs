namespace ConnectorDb;

/// <summary>Which datapoints to be told of as they arrive.</summary>
public sealed record SubscriptionQuery
{
    /// <summary>All that arrives in the stream.</summary>
    public SubscriptionQuery(CdbPath stream) => Stream = stream;

    /// <summary>The stream, or its downlink (<see cref="CdbPath.IsDownlink"/>).</summary>
    public CdbPath Stream { get; init; }

    /// <summary>A script that is applied to each batch separately; a batch without results is not delivered.</summary>
    public string? Transform { get; init; }

    /// <summary>The index to begin at; null begins with the first datapoint that is written after the call.</summary>
    public long? FromIndex { get; init; }
}

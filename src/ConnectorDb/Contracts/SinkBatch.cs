using ConnectorDb.Columns;
using ConnectorDb.Logging;

namespace ConnectorDb.Contracts;

/// <summary>Consecutive entries of one channel.</summary>
public sealed record SinkBatch(LogChannel Channel, Block Points)
{
    public int Count => Points.Count;

    /// <summary>Datapoints older than the newest at the destination get its time.</summary>
    public bool Restamp { get; init; }

    /// <summary>The checkpoint of an <see cref="IExactlyOnceSink"/> before the first attempt.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>True when an earlier attempt has an unknown outcome.</summary>
    public bool IsRetry { get; init; }
}

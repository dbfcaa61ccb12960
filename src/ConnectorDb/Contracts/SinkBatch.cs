using ConnectorDb.Columns;
using ConnectorDb.Logging;

namespace ConnectorDb.Contracts;

/// <summary>Items of one channel that follow each other.</summary>
public sealed record SinkBatch(LogChannel Channel, Block Points)
{
    public int Count => Points.Count;

    /// <summary>Give datapoints older than the newest at the destination its time.</summary>
    public bool Restamp { get; init; }

    /// <summary>What an <see cref="IExactlyOnceSink"/> noted of its destination before the run was sent for the first time.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The run was perhaps sent before.</summary>
    public bool IsRetry { get; init; }
}

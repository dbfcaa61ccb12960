using ConnectorDb.Columns;

namespace ConnectorDb.Contracts;

/// <summary>Datapoints to append to one stream.</summary>
/// <param name="Stream">The stream, or its downlink.</param>
/// <param name="Points">The datapoints. Times must not decrease, nor be before the newest datapoint of the stream. NaN means the time of the append.</param>
public readonly record struct StreamBlock(CdbPath Stream, Block Points)
{
    /// <summary>The times are arrival times. If the newest datapoint of the stream is at most ten seconds ahead of the clock, they are raised to its time.</summary>
    public bool HasArrivalTimes { get; init; }
}

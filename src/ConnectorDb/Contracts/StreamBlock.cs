using ConnectorDb.Columns;

namespace ConnectorDb.Contracts;

/// <summary>Datapoints to append to one stream.</summary>
/// <param name="Stream">The stream, or its downlink.</param>
/// <param name="Points">Times must not decrease, nor lie before the newest datapoint of the stream. NaN is the time of the append.</param>
public readonly record struct StreamBlock(CdbPath Stream, Block Points)
{
    /// <summary>
    /// The times were taken when the datapoints arrived. Where the newest datapoint of the stream lies ahead of the clock by at most
    /// ten seconds, they are raised to it, as a time that is left out.
    /// </summary>
    public bool HasArrivalTimes { get; init; }
}

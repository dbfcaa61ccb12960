using ConnectorDb.Columns;
using ConnectorDb.Logging;

namespace ConnectorDb.Contracts;

/// <summary>Datapoints to write to one channel of a logger.</summary>
/// <param name="Channel">The name of the channel.</param>
/// <param name="Points">The datapoints. NaN as a time means the time of the write.</param>
public readonly record struct LogBlock(string Channel, Block Points)
{
    /// <summary>
    /// The times are arrival times. They are raised above the newest time of the channel if that is at most ten seconds ahead of the clock,
    /// so that values of several writers are in order.
    /// </summary>
    public bool HasArrivalTimes { get; init; }

    /// <summary>The kind of the entries. Only events differ: datapoints and points are written alike.</summary>
    public ChannelKind Kind { get; init; }
}

namespace ConnectorDb;

/// <summary>A datapoint is older than its predecessor.</summary>
/// <param name="index">The index of the datapoint in the append, from 0.</param>
public sealed class TimeOrderException(string message, CdbPath stream, int index) : CdbException(message, stream), IDatapointFault
{
    public CdbPath Stream { get; } = stream;

    public int Index { get; } = index;

    public string? Reason { get; init; }

    int? IDatapointFault.Place => Index;

    CdbException IDatapointFault.At(int place, string message) => new TimeOrderException(message, Stream, place) { Reason = Reason };
}

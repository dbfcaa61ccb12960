namespace ConnectorDb.Core.Client.Buffering;

/// <summary>Why a buffered append did not store a datapoint, or no more of some streams.</summary>
/// <param name="Point">The rejected datapoint; null when the streams take no more.</param>
/// <param name="Position">Its position among the datapoints of the stream, from 1.</param>
public sealed record BufferedError(IReadOnlyList<StreamBuffer> Streams, CdbException Error, Datapoint? Point, long Position)
{
    /// <summary>What is wrong with the datapoint.</summary>
    public string Reason => (Error as IDatapointFault)?.Reason ?? Error.Message;
}

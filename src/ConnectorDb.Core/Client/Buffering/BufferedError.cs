namespace ConnectorDb.Core.Client.Buffering;

/// <summary>The reason that a buffered append did not store a datapoint, or closed its streams.</summary>
/// <param name="Point">The rejected datapoint; null when the streams take no more.</param>
/// <param name="Position">Its position among the datapoints of the stream, from 1.</param>
public sealed record BufferedError(IReadOnlyList<StreamBuffer> Streams, CdbException Error, Datapoint? Point, long Position)
{
    /// <summary>The problem with the datapoint.</summary>
    public string Reason => (Error as IDatapointFault)?.Reason ?? Error.Message;
}

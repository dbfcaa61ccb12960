namespace ConnectorDb.Core.Client.Buffering;

/// <summary>The reason that a buffered append did not store a datapoint, or closed its streams.</summary>
/// <param name="Point">The rejected datapoint; null when the streams take no more.</param>
public sealed record BufferedError(IReadOnlyList<StreamBuffer> Streams, CdbException Error, Datapoint? Point);

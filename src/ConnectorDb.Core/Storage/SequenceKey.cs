namespace ConnectorDb.Core.Storage;

/// <summary>The key of a sequence of datapoints: a stream, or its downlink.</summary>
/// <param name="Stream">The number of the stream, with which every key of the data path begins.</param>
/// <param name="Number">0 is the stream itself; its downlinks, each time they are cleared, are 1, 2, ….</param>
public readonly record struct SequenceKey(long Stream, int Number);

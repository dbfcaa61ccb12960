namespace ConnectorDb;

/// <summary>A store that was copied to another place, with a file or a database on either side.</summary>
/// <param name="Path">The file or the address of the copy.</param>
/// <param name="Source">The file or the address of the store that was copied.</param>
/// <param name="Streams">The number of streams in the copy.</param>
/// <param name="Datapoints">The number of datapoints in the copy, those of downlinks included.</param>
/// <param name="Copied">The number of datapoints that this call copied; the others were there before.</param>
public sealed record StoreTransfer(string Path, string Source, long Streams, long Datapoints, long Copied);

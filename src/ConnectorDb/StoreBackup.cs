namespace ConnectorDb;

/// <summary>A verified copy of a store.</summary>
/// <param name="Path">The file that was written.</param>
/// <param name="Source">The file that was copied.</param>
/// <param name="Streams">The number of streams in it.</param>
/// <param name="Datapoints">The number of datapoints in it, those of downlinks included.</param>
/// <param name="Bytes">The size of the file.</param>
public sealed record StoreBackup(string Path, string Source, long Streams, long Datapoints, long Bytes);

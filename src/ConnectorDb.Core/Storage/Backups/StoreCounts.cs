namespace ConnectorDb.Core.Storage.Backups;

/// <summary>The size of a store.</summary>
/// <param name="Datapoints">Those of downlinks included.</param>
internal readonly record struct StoreCounts(long Streams, long Datapoints);

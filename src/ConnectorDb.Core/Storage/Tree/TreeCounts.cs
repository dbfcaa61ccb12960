namespace ConnectorDb.Core.Storage.Tree;

/// <summary>How many users, devices and streams there are.</summary>
public readonly record struct TreeCounts(long Users, long Devices, long Streams);

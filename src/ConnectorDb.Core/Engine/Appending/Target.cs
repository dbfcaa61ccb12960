using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine.Appending;

/// <summary>The sequence that an append goes to.</summary>
/// <param name="TreeVersion">The version of the tree in which stream and permission were found. They must be found again in any other.</param>
/// <param name="Path">The stream, or its downlink.</param>
/// <param name="Origin">The device that writes; null when it is the stream's own.</param>
internal sealed record Target(long TreeVersion, StreamRecord Stream, CdbPath Path, string? Origin);

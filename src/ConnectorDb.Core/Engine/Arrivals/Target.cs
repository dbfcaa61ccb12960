using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine.Arrivals;

/// <summary>Where an append goes.</summary>
/// <param name="TreeVersion">It holds as long as the tree has this version.</param>
/// <param name="Path">The stream, or its downlink.</param>
/// <param name="Origin">Who writes, when that is not the stream's own device.</param>
internal sealed record Target(long TreeVersion, StreamRecord Stream, CdbPath Path, string? Origin);

using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>The end of a sequence as it was read or written last.</summary>
/// <param name="Version">The version of its row; 0 when there is none.</param>
/// <param name="Last">Its last segment; null when it is empty.</param>
internal readonly record struct SequenceHead(long Version, SegmentBounds? Last);

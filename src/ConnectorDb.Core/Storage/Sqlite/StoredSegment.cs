using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>A row of a <see cref="SegmentRows"/>.</summary>
internal readonly record struct StoredSegment(SequenceKey Key, SegmentBounds Bounds, EncodedSegment Content);

using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>
/// The segments of all sequences in one state of a store: sealed segments, followed by those of the tail without a gap. A storage
/// engine implements it for <see cref="SequenceReader"/> and <see cref="SequenceWriter"/>.
/// </summary>
public interface ISegmentRows
{
    /// <summary>The segment that ends the sequence.</summary>
    SegmentBounds? Last(SequenceKey key);

    /// <summary>The last segment that starts at or before the index.</summary>
    SegmentBounds? AtOrBefore(SequenceKey key, long index, bool isSealed);

    /// <summary>The segments that start at or after the index, in order.</summary>
    IEnumerable<SegmentBounds> From(SequenceKey key, long index, bool isSealed);

    /// <summary>The content of the segment that starts at this index.</summary>
    EncodedSegment Load(SequenceKey key, long start, bool isSealed);

    /// <summary>The segments that start at or after the index, in order, with their content.</summary>
    IEnumerable<(SegmentBounds Bounds, EncodedSegment Content)> LoadFrom(SequenceKey key, long index, bool isSealed);
}

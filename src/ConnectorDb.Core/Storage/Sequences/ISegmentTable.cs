using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>The rows of <see cref="ISegmentRows"/> in a transaction that may change them.</summary>
public interface ISegmentTable : ISegmentRows
{
    void Seal(SequenceKey key, long start, EncodedSegment segment);

    /// <param name="tail">Where the tail stands with this segment.</param>
    void AddToTail(SequenceKey key, long start, EncodedSegment segment, TailState tail);

    void RemoveTail(SequenceKey key);

    void RemoveAll(SequenceKey key);
}

using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>A segment of a sequence with its content, as a row of a store.</summary>
internal readonly record struct StoredSegment(SequenceKey Key, SegmentBounds Bounds, EncodedSegment Content)
{
    /// <summary>Encodes datapoints.</summary>
    /// <param name="tail">The state of the tail including this segment; meaningless for a sealed one.</param>
    public static StoredSegment Encode(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members, bool isSealed, TailState tail)
    {
        EncodedSegment content = SegmentCodec.Encode(points);
        return new StoredSegment(key, new SegmentBounds(start, content.Count, content.FirstT, content.LastT, content.Numbers, runningSum, members, isSealed, tail), content);
    }
}

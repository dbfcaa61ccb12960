using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>Decodes a whole sequence, and compares it with the statistics that its segments have.</summary>
/// <remarks>
/// Decoding compares the checksum of a segment. It does not cover the running sums and the statistics of members, which are in columns of
/// their own and answer queries without the datapoints.
/// </remarks>
internal static class SequenceCheck
{
    /// <summary>The numbers of datapoints of the segments, which are read one after the other.</summary>
    /// <exception cref="StoreException">A segment is damaged, or its statistics do not match its datapoints.</exception>
    public static IEnumerable<int> Run(ISegmentRows rows, SequenceKey key)
    {
        SequenceSums sums = SequenceSums.Start;
        long index = 0;
        foreach (bool isSealed in (bool[])[true, false])
        {
            foreach ((SegmentBounds bounds, EncodedSegment content) in rows.LoadFrom(key, index, isSealed))
            {
                Column values = SegmentCodec.Decode(content).Values;
                if (bounds.Start != index || !IsTrue(bounds, values, sums))
                {
                    throw new StoreException(StoreFault.Damaged, $"The store is damaged: the statistics of the datapoints from index {bounds.Start} of the stream with the id {key.Stream} are wrong. Nothing was written. Use an earlier backup.", null);
                }

                sums = new SequenceSums(bounds.RunningSum, bounds.Members);
                index = bounds.End;
                yield return bounds.Count;
            }
        }
    }

    private static bool IsTrue(SegmentBounds bounds, Column values, SequenceSums before)
        => (bounds.RunningSum is not { } sum || RunningSum.After(before.Values, values) == sum)
            && bounds.Members.IsPartOf(MemberStatistics.Of(values, before.Members));
}

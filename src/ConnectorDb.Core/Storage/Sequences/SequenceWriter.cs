using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>
/// Appends blocks to a sequence. A short block becomes one row of the tail; when the tail is full, it is sealed together with the
/// block, and the remainder becomes the new tail.
/// </summary>
public static class SequenceWriter
{
    /// <summary>The number of datapoints in a sealed segment.</summary>
    public const int SegmentCount = 4096;

    /// <summary>The size in bytes at which a segment is sealed earlier.</summary>
    public const long SegmentWeight = 1 << 20;

    /// <inheritdoc cref="IStoreWriter.Append"/>
    public static void Append(ISegmentTable table, SequenceKey key, Func<SequenceEnd, Block> fit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(fit);
        SegmentBounds? last = table.Last(key);
        Block block = fit(SequenceReader.End(last));
        if (block.Count == 0)
        {
            return;
        }

        long end = last?.End ?? 0;
        TailState tail = last is { IsSealed: false } ? last.Value.Tail : new TailState(end, 0);
        double? sum = end == 0 ? 0 : last?.RunningSum;
        MemberStatistics members = end == 0 ? MemberStatistics.Start : last?.Members ?? MemberStatistics.None;
        TailState grown = tail with { Weight = tail.Weight + ColumnWeight.Of(block.Values) };
        if (end - tail.Start + block.Count < SegmentCount && grown.Weight < SegmentWeight)
        {
            table.AddToTail(key, end, block, RunningSum.After(sum, block.Values), MemberStatistics.Of(block.Values, members), grown);
            return;
        }

        if (tail.Start < end)
        {
            block = BlockJoin.Join([table.TakeTail(key, tail.Start), block]);
            SegmentBounds? lastSealed = tail.Start == 0 ? null : table.AtOrBefore(key, tail.Start, isSealed: true);
            sum = tail.Start == 0 ? 0 : lastSealed?.RunningSum;
            members = tail.Start == 0 ? MemberStatistics.Start : lastSealed?.Members ?? MemberStatistics.None;
        }

        Seal(table, key, tail.Start, block, sum, members, cancellation);
    }

    private static void Seal(ISegmentTable table, SequenceKey key, long start, Block block, double? sum, MemberStatistics members, CancellationToken cancellation)
    {
        int at = 0;
        while (at < block.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            (int count, long weight) = NextCut(block.Values, at);
            Block part = block.Slice(at, count);
            sum = RunningSum.After(sum, part.Values);
            members = MemberStatistics.Of(part.Values, members);
            if (count < SegmentCount && weight < SegmentWeight)
            {
                table.AddToTail(key, start + at, part, sum, members, new TailState(start + at, weight));
            }
            else
            {
                table.Seal(key, start + at, part, sum, members);
            }

            at += count;
        }
    }

    private static (int Count, long Weight) NextCut(Column values, int at)
    {
        int most = Math.Min(SegmentCount, values.Count - at);
        long weight = ColumnWeight.Of(values.Slice(at, most));
        if (weight < SegmentWeight)
        {
            return (most, weight);
        }

        int count = 0;
        weight = 0;
        while (count < most && weight < SegmentWeight)
        {
            weight += ColumnWeight.Of(values, at + count);
            count++;
        }

        return (count, weight);
    }
}

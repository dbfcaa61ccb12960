using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
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
            (sum, members) = SumsBefore(table, key, tail.Start);
        }

        Seal(table, key, tail.Start, block, sum, members, cancellation);
    }

    /// <inheritdoc cref="IStoreWriter.Truncate"/>
    public static void Truncate(ISegmentTable table, SequenceKey key, long count)
    {
        if (SequenceReader.Holding(table, key, count) is not { } cut)
        {
            return;
        }

        // What remains of a sealed segment becomes the tail, whose segments are joined to one.
        long start = cut.IsSealed ? cut.Start : cut.Tail.Start;
        Block whole = cut.IsSealed ? SegmentCodec.Decode(table.Load(key, start, isSealed: true)) : table.TakeTail(key, start);
        Block kept = whole.Slice(0, (int)(count - start));
        table.RemoveFrom(key, start);
        if (kept.Count > 0)
        {
            (double? sum, MemberStatistics members) = SumsBefore(table, key, start);
            table.AddToTail(key, start, kept, RunningSum.After(sum, kept.Values), MemberStatistics.Of(kept.Values, members), new TailState(start, ColumnWeight.Of(kept.Values)));
        }
    }

    /// <summary>The sums of the sealed segments before an index.</summary>
    internal static SequenceSums SumsBefore(ISegmentTable table, SequenceKey key, long start)
    {
        SegmentBounds? last = start == 0 ? null : table.AtOrBefore(key, start - 1, isSealed: true);
        return start == 0 ? SequenceSums.Start : new SequenceSums(last?.RunningSum, last?.Members ?? MemberStatistics.None);
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
                OperationTrace.Current?.Add(string.Create(CultureInfo.InvariantCulture, $"Sealed a segment: {CountText.Of(count, "datapoint")} from index {start + at:N0}."));
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

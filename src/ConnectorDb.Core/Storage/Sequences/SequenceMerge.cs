using ConnectorDb.Columns;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>
/// Puts datapoints into a sequence at their places by time. A datapoint at the time of another replaces it, and an equal one changes nothing.
/// The sequence is rewritten from the first change on, so that indices and statistics are as if all had come in order. See docs/design/091-late-datapoints.md.
/// </summary>
public static class SequenceMerge
{
    /// <summary>The datapoints in the order of their times; of several at one time, the last.</summary>
    public static Block Order(Block block)
    {
        ArgumentNullException.ThrowIfNull(block);
        double[] times = block.Times.ToArray();
        if (IsIncreasing(times))
        {
            return block;
        }

        int[] order = [.. Enumerable.Range(0, times.Length).OrderBy(i => times[i])];
        BlockBuilder ordered = new(order.Length, hasRecords: true);
        for (int i = 0; i < order.Length; i++)
        {
            if (i + 1 == order.Length || times[order[i + 1]] > times[order[i]])
            {
                ordered.Add(block, order[i], 1);
            }
        }

        return ordered.Build();
    }

    /// <inheritdoc cref="IStoreWriter.Merge"/>
    public static MergeResult Run(ISegmentTable table, SequenceKey key, Block block, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(block);
        SequenceEnd end = SequenceReader.End(table, key);
        int lateCount = end.NewestT is { } newest ? CountUpTo(block, newest) : 0;
        Block fresh = block.Slice(lateCount, block.Count - lateCount);
        if (lateCount > 0 && Place(table, key, block.Slice(0, lateCount), cancellation) is var (from, rest))
        {
            SequenceWriter.Truncate(table, key, from);
            SequenceWriter.Append(table, key, _ => fresh.Count == 0 ? rest : BlockJoin.Join([rest, fresh]), cancellation);
            return new MergeResult(from, fresh.Count, IsInPlace: true);
        }

        SequenceWriter.Append(table, key, _ => fresh, cancellation);
        return new MergeResult(end.Count, fresh.Count, IsInPlace: false);
    }

    /// <summary>The index of the first change that the late datapoints make, and all datapoints from there on; null when they make none.</summary>
    private static (long From, Block Points)? Place(ISegmentTable table, SequenceKey key, Block late, CancellationToken cancellation)
    {
        long start = SequenceReader.IndexOfTime(table, key, double.BitDecrement(late.Times.Span[0]));
        Placement placement = new(late, start);
        long at = start;
        while (!placement.IsUnchanged && SequenceReader.Read(table, key, at, long.MaxValue) is { Count: > 0 } part)
        {
            cancellation.ThrowIfCancellationRequested();
            placement.Add(part);
            at += part.Count;
        }

        return placement.Finish();
    }

    private static bool IsIncreasing(ReadOnlySpan<double> times)
    {
        for (int i = 1; i < times.Length; i++)
        {
            if (!(times[i] > times[i - 1]))
            {
                return false;
            }
        }

        return true;
    }

    private static int CountUpTo(Block block, double t)
    {
        ReadOnlySpan<double> times = block.Times.Span;
        int count = 0;
        while (count < times.Length && times[count] <= t)
        {
            count++;
        }

        return count;
    }
}

using ConnectorDb.Columns;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>
/// Puts datapoints into a sequence at their places by time. A datapoint at the time of another replaces it, and an equal one changes nothing.
/// Indices and statistics are then as if all had come in order. See docs/design/091-late-datapoints.md.
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
        if (lateCount > 0 && new LateSegments(table, key, cancellation).Place(block.Slice(0, lateCount), fresh) is { } from)
        {
            return new MergeResult(from, fresh.Count, IsInPlace: true);
        }

        SequenceWriter.Append(table, key, _ => fresh, cancellation);
        return new MergeResult(end.Count, fresh.Count, IsInPlace: false);
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

using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>
/// Puts late datapoints into the segments with their times. Only these are written again; the sealed segments after them are moved to their new
/// indices, and keep their bytes. Their running sums are added up again, because they equal the result of a script to the last bit.
/// </summary>
internal sealed class LateSegments(ISegmentTable table, SequenceKey key, CancellationToken cancellation)
{
    /// <summary>The index of the first change; null when all late datapoints are in the sequence already, and then nothing is written.</summary>
    /// <param name="late">In the order of their times, each time once; none later than the end of the sequence.</param>
    /// <param name="fresh">The datapoints to append after them.</param>
    public long? Place(Block late, Block fresh)
    {
        long first = SequenceReader.IndexOfTime(table, key, double.BitDecrement(late.Times.Span[0]));
        SegmentBounds[] segments = table.AtOrBefore(key, first, isSealed: true) is { } holding ? [.. table.From(key, holding.Start, isSealed: true)] : [];
        long tailStart = segments.Length > 0 ? segments[^1].End : table.AtOrBefore(key, long.MaxValue, isSealed: false)!.Value.Tail.Start;
        Block? tail = ReadTail(tailStart);
        List<Change> changes = [];
        long? from = null;
        long shift = 0;
        int placed = 0;
        SequenceSums sums = default;
        for (int i = 0; i < segments.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            SegmentBounds segment = segments[i];
            double next = i + 1 < segments.Length ? segments[i + 1].FirstT : tail?.Times.Span[0] ?? double.PositiveInfinity;
            int end = EndOf(late, placed, next);
            (long From, Block Points)? merged = end > placed ? Merged(late.Slice(placed, end - placed), segment.Start, Decode(segment)) : null;
            placed = end;
            if (from is null && merged is null)
            {
                continue;
            }

            if (from is null)
            {
                from = merged!.Value.From;
                sums = SequenceWriter.SumsBefore(table, key, segment.Start);
            }

            Change change = new(segment.Start, segment.Start + shift, merged?.Points, sums);
            sums = merged is { Points: var points } ? SumsAfter(sums, points) : SumsAfter(sums, segment);
            changes.Add(change with { After = sums });
            shift += merged is { Points.Count: var count } ? count - segment.Count : 0;
        }

        (long From, Block Points)? last = placed < late.Count && tail is not null ? Merged(late.Slice(placed, late.Count - placed), tailStart, tail) : null;
        from ??= last?.From;
        if (from is not null)
        {
            Write(changes, tailStart, last?.Points ?? tail, fresh);
        }

        return from;
    }

    private static (long From, Block Points)? Merged(Block late, long start, Block points)
    {
        Placement placement = new(late, start);
        placement.Add(points);
        return placement.Finish();
    }

    /// <summary>The first index whose datapoint is not before a time.</summary>
    private static int EndOf(Block late, int start, double time)
    {
        ReadOnlySpan<double> times = late.Times.Span;
        int end = start;
        while (end < times.Length && times[end] < time)
        {
            end++;
        }

        return end;
    }

    private Block Decode(SegmentBounds segment) => SegmentCodec.Decode(table.Load(key, segment.Start, segment.IsSealed));

    /// <summary>The datapoints of the tail; null when there is none.</summary>
    private Block? ReadTail(long start)
    {
        Block[] parts = [.. table.LoadFrom(key, start, isSealed: false).Select(row => SegmentCodec.Decode(row.Content))];
        return parts.Length == 0 ? null : BlockJoin.Join(parts);
    }

    private SequenceSums SumsAfter(SequenceSums before, SegmentBounds segment)
    {
        bool isKnown = before.Values is not null || segment.Members.ToBytes() is not null;
        return isKnown ? SumsAfter(before, Decode(segment)) : new SequenceSums(null, MemberStatistics.None);
    }

    private static SequenceSums SumsAfter(SequenceSums before, Block points)
        => new(RunningSum.After(before.Values, points.Values), MemberStatistics.Of(points.Values, before.Members));

    /// <summary>From the end to the start, so that no segment is moved to the index of another.</summary>
    private void Write(List<Change> changes, long tailStart, Block? tail, Block fresh)
    {
        if (tail is not null)
        {
            table.TakeTail(key, tailStart);
        }

        for (int i = changes.Count - 1; i >= 0; i--)
        {
            Change change = changes[i];
            if (change.Points is null)
            {
                table.Move(key, change.Start, change.NewStart, change.After.Values, change.After.Members);
            }
            else
            {
                table.RemoveSealed(key, change.Start);
                Insert(change.NewStart, change.Points, change.Before);
            }
        }

        Block[] rest = [.. new[] { tail, fresh }.OfType<Block>().Where(block => block.Count > 0)];
        if (rest.Length > 0)
        {
            SequenceWriter.Append(table, key, _ => BlockJoin.Join(rest), cancellation);
        }
    }

    /// <summary>Writes datapoints as segments of about the same length, so that the next late ones find room in all.</summary>
    private void Insert(long start, Block points, SequenceSums sums)
    {
        int parts = PartsOf(points);
        for (int part = 0; part < parts; part++)
        {
            int from = (int)((long)points.Count * part / parts);
            int to = (int)((long)points.Count * (part + 1) / parts);
            Block slice = points.Slice(from, to - from);
            sums = SumsAfter(sums, slice);
            table.Insert(key, start + from, slice, sums.Values, sums.Members);
        }
    }

    private static int PartsOf(Block points)
    {
        long parts = Math.Max((points.Count + SequenceWriter.SegmentCount - 1) / SequenceWriter.SegmentCount, ColumnWeight.Of(points.Values) / SequenceWriter.SegmentWeight);
        return (int)Math.Clamp(parts, 1, points.Count);
    }

    /// <summary>A sealed segment that is moved, or written again.</summary>
    /// <param name="Points">Its datapoints with late ones; null when it is moved.</param>
    /// <param name="Before">The sums before it.</param>
    private sealed record Change(long Start, long NewStart, Block? Points, SequenceSums Before)
    {
        /// <summary>The sums with it.</summary>
        public SequenceSums After { get; init; }
    }
}

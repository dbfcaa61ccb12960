using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>
/// Reads a sequence from its segments. Indices and times both grow along a sequence, so both are found by binary search.
/// </summary>
public static class SequenceReader
{
    public static SequenceEnd End(ISegmentRows rows, SequenceKey key) => End(rows.Last(key));

    /// <summary>The end of a sequence, by its last segment.</summary>
    internal static SequenceEnd End(SegmentBounds? lastSegment)
        => lastSegment is { } last ? new SequenceEnd(last.End, last.LastT) : default;

    /// <inheritdoc cref="IStoreReader.Read"/>
    public static Block Read(ISegmentRows rows, SequenceKey key, long from, long to)
        => SegmentSliceReader.Load(rows, key, from, to, 1, null) is [var slice] ? slice.Decode() : Block.Empty;

    /// <inheritdoc cref="IStoreReader.IndexOfTime"/>
    public static long IndexOfTime(ISegmentRows rows, SequenceKey key, double t)
    {
        long low = 0;
        long high = End(rows, key).Count;
        while (low < high)
        {
            SegmentBounds middle = Holding(rows, key, low + ((high - low) / 2))!.Value;
            if (middle.LastT <= t)
            {
                low = middle.End;
            }
            else if (middle.FirstT > t)
            {
                high = middle.Start;
            }
            else
            {
                return middle.Start + SegmentCodec.FirstLater(rows.Load(key, middle.Start, middle.IsSealed), t);
            }
        }

        return low;
    }

    /// <inheritdoc cref="IStoreReader.Summarize"/>
    public static SequenceSummary Summarize(ISegmentRows rows, SequenceKey key, long from, long to)
    {
        SummaryBuilder summary = new();
        if (from >= to || Holding(rows, key, from) is not { } first)
        {
            return summary.Build();
        }

        foreach (bool isSealed in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (SegmentBounds bounds in rows.From(key, first.Start, isSealed))
            {
                if (bounds.Start >= to)
                {
                    break;
                }

                if (bounds.Start >= from && bounds.End <= to && bounds.Numbers is null or { Rest: not null })
                {
                    summary.Add(bounds);
                }
                else
                {
                    int skip = (int)Math.Max(0, from - bounds.Start);
                    int end = (int)Math.Min(bounds.Count, to - bounds.Start);
                    summary.Add(Load(rows, key, bounds).Slice(skip, end - skip));
                }
            }
        }

        return summary.Build();
    }

    /// <summary>The segment that contains the index; null beyond the end.</summary>
    internal static SegmentBounds? Holding(ISegmentRows rows, SequenceKey key, long index)
    {
        SegmentBounds? bounds = rows.AtOrBefore(key, index, isSealed: true);
        if (bounds is null || bounds.Value.End <= index)
        {
            bounds = rows.AtOrBefore(key, index, isSealed: false);
        }

        return bounds?.End > index ? bounds : null;
    }

    private static Block Load(ISegmentRows rows, SequenceKey key, SegmentBounds bounds)
        => SegmentCodec.Decode(rows.Load(key, bounds.Start, bounds.IsSealed));
}

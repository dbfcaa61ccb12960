using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>Loads the segments of a range: one slice for each sealed segment, and one for the tail.</summary>
public static class SegmentSliceReader
{
    /// <summary>The maximum bytes that are loaded at once, unless a single segment is larger.</summary>
    private const long MaxBytes = 1 << 20;

    /// <summary>The maximum number of segments that are examined in one transaction when few of them are wanted.</summary>
    private const int MaxSlices = 256;

    /// <inheritdoc cref="IStoreReader.Load"/>
    public static List<SegmentSlice> Load(ISegmentRows rows, SequenceKey key, long from, long to, int most, Func<SegmentSlice, bool>? isWanted)
    {
        List<SegmentSlice> slices = [];
        if (from >= to || SequenceReader.Holding(rows, key, from) is not { } first)
        {
            return slices;
        }

        SequenceSums before = SumsBefore(rows, key, first.Start);
        long start = first.Start;
        if (first.IsSealed)
        {
            int taken = 0;
            long bytes = 0;
            foreach ((SegmentBounds bounds, EncodedSegment? content) in Segments(rows, key, start, isSealed: true, withContent: isWanted is null))
            {
                SegmentSlice slice = SegmentSlice.Of(bounds, before).Within(from, to);
                if (isWanted is null || isWanted(slice))
                {
                    slice = slice with { Content = [content ?? rows.Load(key, bounds.Start, isSealed: true)] };
                    bytes += slice.Content[0].Values.Length;
                    taken++;
                }

                slices.Add(slice);
                before = new(bounds.RunningSum, bounds.Members);
                start = bounds.End;
                if (start >= to || taken == most || bytes > MaxBytes || slices.Count == MaxSlices)
                {
                    return slices;
                }
            }
        }

        if (LoadTail(rows, key, start, to, before, withContent: isWanted is null) is { } tail)
        {
            tail = tail.Within(from, to);
            slices.Add(tail.Content is null && isWanted!(tail) ? LoadTail(rows, key, start, to, before, withContent: true)!.Within(from, to) : tail);
        }

        return slices;
    }

    /// <inheritdoc cref="IStoreReader.WholeSegments"/>
    public static SegmentSlice? WholeSegments(ISegmentRows rows, SequenceKey key, long from, long to)
    {
        if (from >= to || StartingFrom(rows, key, from) is not { } first || EndingAt(rows, key, to) is not { } last || last.Start < first.Start)
        {
            return null;
        }

        return SegmentSlice.Of(first, SumsBefore(rows, key, first.Start)) with
        {
            End = last.End,
            LastT = last.LastT,
            Numbers = null,
            Members = last.Members.SumsOnly(),
            SumAfter = last.RunningSum,
            From = first.Start,
            To = last.End,
        };
    }

    private static IEnumerable<(SegmentBounds Bounds, EncodedSegment? Content)> Segments(ISegmentRows rows, SequenceKey key, long start, bool isSealed, bool withContent)
        => withContent
            ? rows.LoadFrom(key, start, isSealed).Select(row => (row.Bounds, (EncodedSegment?)row.Content))
            : rows.From(key, start, isSealed).Select(bounds => (bounds, (EncodedSegment?)null));

    private static SegmentSlice? LoadTail(ISegmentRows rows, SequenceKey key, long start, long to, SequenceSums before, bool withContent)
    {
        SegmentSlice? tail = null;
        List<EncodedSegment> contents = [];
        SummaryBuilder summary = new();
        foreach ((SegmentBounds bounds, EncodedSegment? content) in Segments(rows, key, start, isSealed: false, withContent))
        {
            if (bounds.Start >= to)
            {
                break;
            }

            summary.Add(bounds);
            tail = tail is null
                ? SegmentSlice.Of(bounds, before)
                : tail with { End = bounds.End, LastT = bounds.LastT, SumAfter = bounds.RunningSum, Members = tail.Members.Then(bounds.Members) };
            if (content is not null)
            {
                contents.Add(content);
            }
        }

        return tail is null ? null : tail with { Numbers = summary.Build().Numbers, Content = withContent ? contents : null };
    }

    private static SegmentBounds? StartingFrom(ISegmentRows rows, SequenceKey key, long from)
    {
        SegmentBounds? holding = SequenceReader.Holding(rows, key, from);
        return holding?.Start == from ? holding : holding is { } cut ? SequenceReader.Holding(rows, key, cut.End) : null;
    }

    private static SegmentBounds? EndingAt(ISegmentRows rows, SequenceKey key, long to)
    {
        SegmentBounds? holding = SequenceReader.Holding(rows, key, to - 1);
        return holding?.End == to ? holding : holding is { Start: > 0 } cut ? SequenceReader.Holding(rows, key, cut.Start - 1) : null;
    }

    private static SequenceSums SumsBefore(ISegmentRows rows, SequenceKey key, long start)
        => start == 0 ? SequenceSums.Start
            : SequenceReader.Holding(rows, key, start - 1) is { } before ? new(before.RunningSum, before.Members)
            : new(null, MemberStatistics.None);
}

using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.PipeScript;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Engine.Reading;

/// <summary>
/// Runs a script over datapoints of a sequence. Segments of which the script needs only the statistics are not decoded. See
/// docs/design/031-data-skipping.md.
/// </summary>
internal sealed class ScriptScan(SequenceScan sequence, ScriptExecution script)
{
    private readonly MemberProjection _projection = new();

    /// <summary>The number of datapoints that were not skipped.</summary>
    private long _decoded;

    /// <summary>The results over the datapoints from one index to before another.</summary>
    /// <exception cref="NotFoundException">The stream was deleted.</exception>
    /// <exception cref="ScriptRuntimeException">A datapoint does not fit; the results before it were returned.</exception>
    public IEnumerable<Block> Read(long from, long to)
    {
        long done = from;
        if (sequence.WholeSegments(from, to) is { } whole)
        {
            foreach (Block result in Push(from, whole.From))
            {
                yield return result;
            }

            done = script.TrySkip(StatisticsOf(whole)) ? whole.To : whole.From;
        }

        foreach (Block result in Push(done, to).Concat(script.Finish()))
        {
            yield return result;
        }

        if (to - from > _decoded)
        {
            OperationTrace.Current?.Add(string.Create(CultureInfo.InvariantCulture, $"Skipped {to - from - _decoded:N0} of {to - from:N0} datapoints, of which the statistics were enough."));
        }
    }

    private IEnumerable<Block> Push(long from, long to)
    {
        long passed = from;
        foreach (IReadOnlyList<SegmentSlice> slices in sequence.Load(from, to, IsWanted))
        {
            SegmentSlice[] opened = [.. slices.Where(slice => slice.Content is not null)];
            using DecodeAhead<Block> decoded = new(opened.Length, i => opened[i].DecodeLazily(_projection));
            int taken = 0;
            foreach (SegmentSlice slice in slices)
            {
                int place = slice.Content is null ? -1 : taken++;
                if (slice.From < passed || TrySkip(slice))
                {
                    continue;
                }

                passed = slice.To;
                _decoded += slice.To - slice.From;
                foreach (Block result in (place < 0 ? sequence.Read(slice.From, slice.To, _projection) : [sequence.Counted(decoded.Take(place))]).SelectMany(script.Push))
                {
                    yield return result;
                }
            }
        }

        // The script skips a segment for good only when it has processed everything before it. Behind a segment that must be
        // decoded this is a guess, because the script may be in another state by then; TrySkip repeats the question in order.
        bool IsWanted(SegmentSlice slice)
            => slice.From == passed ? !TrySkip(slice) : !slice.IsWhole || !script.CanSkip(StatisticsOf(slice));

        bool TrySkip(SegmentSlice slice)
        {
            bool isSkipped = slice.IsWhole && script.TrySkip(StatisticsOf(slice));
            passed = isSkipped ? slice.To : passed;
            return isSkipped;
        }
    }

    /// <summary>The statistics of all datapoints of a segment.</summary>
    private SegmentStatistics StatisticsOf(SegmentSlice slice)
    {
        long count = slice.To - slice.From;
        return new(count, slice.FirstT, slice.LastT)
        {
            Numbers = slice.Numbers is { } numbers && numbers.Count == count ? new(numbers.Minimum, numbers.Maximum) : null,
            Sum = (slice.SumBefore, slice.SumAfter) is ({ } before, { } after) ? new(before, after) : null,
            Last = () => sequence.ReadOne(slice.To - 1),
            Member = name => MemberStatisticsOf(slice, name),
        };
    }

    private static SegmentStatistics? MemberStatisticsOf(SegmentSlice slice, string name)
        => slice.Members.Find(name) is not { } member ? null : new(slice.To - slice.From, slice.FirstT, slice.LastT)
        {
            Numbers = double.IsNaN(member.Minimum) ? null : new(member.Minimum, member.Maximum),
            Sum = (slice.MembersBefore.SumOf(name), member.RunningSum) is ({ } before, { } after) ? new(before, after) : null,
        };
}

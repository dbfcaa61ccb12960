using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
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

    /// <summary>The results over the datapoints from one index to before another.</summary>
    /// <exception cref="NotFoundException">The stream was deleted meanwhile.</exception>
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
    }

    private IEnumerable<Block> Push(long from, long to)
    {
        long passed = from;
        foreach (IReadOnlyList<StoredRun> runs in sequence.Load(from, to, IsWanted))
        {
            StoredRun[] opened = [.. runs.Where(run => run.Content is not null)];
            using DecodeAhead decoded = new(opened.Length, i => opened[i].DecodeLazily(_projection));
            int taken = 0;
            foreach (StoredRun run in runs)
            {
                int place = run.Content is null ? -1 : taken++;
                if (run.From < passed || TrySkip(run))
                {
                    continue;
                }

                passed = run.To;
                foreach (Block result in (place < 0 ? sequence.Read(run.From, run.To, _projection) : [decoded.Take(place)]).SelectMany(script.Push))
                {
                    yield return result;
                }
            }
        }

        // The script skips a segment for good only when it has processed everything before it. Behind a segment that must be
        // decoded this is a guess, because the script may be in another state by then; TrySkip repeats the question in order.
        bool IsWanted(StoredRun run)
            => run.From == passed ? !TrySkip(run) : !run.IsWhole || !script.CanSkip(StatisticsOf(run));

        bool TrySkip(StoredRun run)
        {
            bool isSkipped = run.IsWhole && script.TrySkip(StatisticsOf(run));
            passed = isSkipped ? run.To : passed;
            return isSkipped;
        }
    }

    /// <summary>The statistics of all datapoints of a segment.</summary>
    private SegmentStatistics StatisticsOf(StoredRun run)
    {
        long count = run.To - run.From;
        return new(count, run.FirstT, run.LastT)
        {
            Numbers = run.Numbers is { } numbers && numbers.Count == count ? new(numbers.Minimum, numbers.Maximum) : null,
            Sum = (run.SumBefore, run.SumAfter) is ({ } before, { } after) ? new(before, after) : null,
            Last = () => sequence.ReadOne(run.To - 1),
            Member = name => MemberStatisticsOf(run, name),
        };
    }

    private static SegmentStatistics? MemberStatisticsOf(StoredRun run, string name)
        => run.Members.Find(name) is not { } member ? null : new(run.To - run.From, run.FirstT, run.LastT)
        {
            Numbers = double.IsNaN(member.Minimum) ? null : new(member.Minimum, member.Maximum),
            Sum = (run.MembersBefore.SumOf(name), member.RunningSum) is ({ } before, { } after) ? new(before, after) : null,
        };
}

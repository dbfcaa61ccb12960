using System.Runtime.CompilerServices;
using ConnectorDb.Columns;
using ConnectorDb.Core.Queries;
using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Engine.Reading;

/// <summary>Reads the datapoints of a sequence next to the given times, and few others.</summary>
/// <remarks>Segments without such a datapoint are not opened, and the others are decoded only in part. See docs/design/031-data-skipping.md.</remarks>
/// <param name="member">
/// The member of the objects that is read; null for whole values. Segments in which it is not a number in every object are decoded
/// completely, because an object without it is an error.
/// </param>
internal sealed class NeighbourScan(SequenceScan sequence, TimeSteps times, string? member)
{
    /// <summary>For each slice that was located but not read, the remaining times from the end of the slice before it.</summary>
    private readonly Queue<TimeSteps> _timesOfRuns = new();
    private TimeSteps _timesLeft = times;

    /// <summary>Reads the datapoints from one index up to another.</summary>
    /// <exception cref="NotFoundException">The stream was deleted.</exception>
    public IEnumerable<Block> Read(long from, long to)
    {
        SegmentSlice? unread = null;
        foreach (Batch batch in LookAhead.Over(sequence.Load(from, to, IsWanted).Select(runs => new Batch(runs, _timesOfRuns, member))))
        {
            using (batch)
            {
                foreach ((SegmentSlice run, TimeSteps own) in batch.Runs)
                {
                    if (unread is not null && own.Time < run.FirstT && !own.IsOver)
                    {
                        yield return sequence.ReadOne(unread.To - 1);
                    }

                    unread = run.Content is null ? run : null;
                    if (unread is null)
                    {
                        yield return sequence.Counted(batch.Take());
                    }
                }
            }
        }

        if (unread is not null && !_timesLeft.IsOver)
        {
            yield return sequence.ReadOne(unread.To - 1);
        }
    }

    /// <summary>True when a time lies between the end of the slice before and the end of this one.</summary>
    private bool IsWanted(SegmentSlice run)
    {
        _timesOfRuns.Enqueue(_timesLeft);
        bool isWanted = (_timesLeft.Time < run.LastT && !_timesLeft.IsOver) || !HasMember(run, member);
        _timesLeft = _timesLeft.From(run.LastT);
        return isWanted;
    }

    private static bool HasMember(SegmentSlice run, string? member) => member is null || run.Members.Find(member) is not null;

    /// <summary>Finds the indices next to the times, and the last index, behind which more times may follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Choose(SegmentTimes given, TimeSteps times, Span<int> places)
    {
        int last = given.Count - 1;
        int count = 0;
        int next = 0;
        for (; next <= last && !times.IsOver; times = times.Rest)
        {
            next = given.FirstLater(next, times.Time);
            count = Add(next - 1, places, count);
            count = Add(Math.Min(next, last), places, count);
        }

        return Add(last, places, count);
    }

    /// <summary>Adds an index unless it was added before; returns the number of indices.</summary>
    private static int Add(int place, Span<int> places, int count)
    {
        if (place > (count == 0 ? -1 : places[count - 1]))
        {
            places[count++] = place;
        }

        return count;
    }

    /// <summary>Some slices; the opened ones are decoded in advance.</summary>
    private sealed class Batch : IDisposable
    {
        private readonly DecodeAhead<Block> _decoded;
        private int _taken;

        public Batch(IReadOnlyList<SegmentSlice> runs, Queue<TimeSteps> timesOfRuns, string? member)
        {
            Runs = [.. runs.Select(run => (run, timesOfRuns.Dequeue()))];
            (SegmentSlice Run, TimeSteps Times)[] opened = [.. Runs.Where(one => one.Run.Content is not null)];
            _decoded = new DecodeAhead<Block>(opened.Length, i => Decode(opened[i].Run, opened[i].Times, member));
        }

        public IReadOnlyList<(SegmentSlice Run, TimeSteps Times)> Runs { get; }

        /// <summary>The selected datapoints of the next opened slice.</summary>
        public Block Take() => _decoded.Take(_taken++);

        public void Dispose() => _decoded.Dispose();

        private static Block Decode(SegmentSlice run, TimeSteps times, string? member)
        {
            bool isDense = times.Step * (run.End - run.Start) < 2 * (run.LastT - times.Time);
            return !isDense && HasMember(run, member) ? run.DecodeSome((given, places) => Choose(given, times, places), member)
                : member is null ? run.Decode()
                : run.DecodeLazily(MemberProjection.Of(member));
        }
    }
}

using ConnectorDb.Columns;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>Merges late datapoints with those of a segment.</summary>
/// <param name="late">In the order of their times, each time once.</param>
/// <param name="start">The index of the first datapoint of the segment.</param>
internal sealed class Placement(Block late, long start)
{
    private readonly BlockBuilder _merged = new(late.Count, hasRecords: true);
    private int _next;
    private long? _from;

    /// <summary>The last datapoint so far at the time of the next late one: if it is the last of all there, it is the one to replace.</summary>
    private Block? _held;

    public void Add(Block part)
    {
        ReadOnlySpan<double> times = part.Times.Span;
        int at = 0;
        while (at < part.Count)
        {
            if (_next == late.Count)
            {
                _merged.Add(part, at, part.Count - at);
                return;
            }

            double t = late.Times.Span[_next];
            if (times[at] > t)
            {
                PlaceNext();
                continue;
            }

            KeepHeld();
            int end = at;
            while (end < part.Count && times[end] < t)
            {
                end++;
            }

            if (end > at)
            {
                _merged.Add(part, at, end - at);
            }

            if (end < part.Count && times[end] == t)
            {
                _held = part.Slice(end, 1);
                end++;
            }

            at = end;
        }
    }

    /// <summary>The index of the first change, and all datapoints; null when there is none.</summary>
    public (long From, Block Points)? Finish()
    {
        while (_next < late.Count)
        {
            PlaceNext();
        }

        KeepHeld();
        return _from is { } from ? (from, _merged.Build()) : null;
    }

    private void PlaceNext()
    {
        if (_held is null || !_held.Values[0].Equals(late.Values[_next]))
        {
            _from ??= start + _merged.Count;
            _held = null;
            _merged.Add(late, _next, 1);
        }

        KeepHeld();
        _next++;
    }

    private void KeepHeld()
    {
        if (_held is not null)
        {
            _merged.Add(_held, 0, 1);
            _held = null;
        }
    }
}

using System.Diagnostics;

namespace ConnectorDb.Core.Files;

/// <summary>Delays a commit for a moment, so that the writers of the last groups, which are about to write again, join it.</summary>
/// <remarks>
/// Without it, the first of several writers commits alone while the others miss its commit, so that groups have half the size that they could
/// have. PostgreSQL has the same setting, https://www.postgresql.org/docs/15/runtime-config-wal.html#GUC-COMMIT-DELAY. A lone writer never waits.
/// </remarks>
internal sealed class GroupDelay
{
    private static readonly long s_longest = Stopwatch.Frequency / 1000;

    private int _writers;
    private long _commit;
    private long _started;

    /// <summary>Begins a group.</summary>
    public void Begin() => _started = 0;

    /// <summary>Waits for more requests, at most half the time of a commit.</summary>
    public void Wait<TState>(List<WriteRequest<TState>> requests, Func<WriteRequest<TState>[]> takeWaiting)
    {
        if (requests.Count >= _writers)
        {
            return;
        }

        long now = Stopwatch.GetTimestamp();
        _started = _started == 0 ? now : _started;
        int before = requests.Count;
        SpinWait spin = default;
        while (requests.Count == before && now - _started < Math.Min(_commit / 2, s_longest))
        {
            spin.SpinOnce(sleep1Threshold: -1);
            requests.AddRange(takeWaiting());
            now = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Commits, and notes the size of the group and the time.</summary>
    public void Commit(int requests, Action commit)
    {
        long start = Stopwatch.GetTimestamp();
        commit();
        _commit = Stopwatch.GetTimestamp() - start;

        // Writers that have ended are forgotten after a few commits.
        _writers = Math.Max(requests, _writers * 3 / 4);
    }
}

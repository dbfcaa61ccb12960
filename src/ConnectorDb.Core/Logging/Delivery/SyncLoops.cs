using ConnectorDb.Core.Logging.Storage;

namespace ConnectorDb.Core.Logging.Delivery;

/// <summary>The background sync of a running logger: a loop for each destination, so that one that hangs does not delay the others.</summary>
internal sealed class SyncLoops : IAsyncDisposable
{
    /// <summary>The interval at which changes by other processes are noticed.</summary>
    private static readonly TimeSpan s_watchInterval = TimeSpan.FromSeconds(30);

    private readonly Dictionary<long, (SyncLoop Loop, double? NextTry)> _loops = [];
    private readonly Func<IReadOnlyList<DestinationRow>?> _list;
    private readonly Func<long, CancellationToken, Task<TimeSpan>> _sync;
    private readonly TimeProvider _time;
    private readonly SyncLoop _watch;

    /// <param name="list">Lists the destinations; null when they cannot be read now.</param>
    /// <param name="sync">Syncs the destination with this id if it is due, and returns the delay until the next time.</param>
    public SyncLoops(Func<IReadOnlyList<DestinationRow>?> list, Func<long, CancellationToken, Task<TimeSpan>> sync, TimeProvider time)
    {
        (_list, _sync, _time) = (list, sync, time);
        _watch = new SyncLoop(WatchAsync, time);
    }

    /// <summary>Runs the due syncs immediately.</summary>
    public void Wake()
    {
        lock (_loops)
        {
            foreach ((SyncLoop loop, _) in _loops.Values)
            {
                loop.Wake();
            }
        }

        Refresh();
    }

    /// <summary>Notices changed destinations immediately.</summary>
    public void Refresh() => _watch.Wake();

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_loops.Values.Select(each => each.Loop.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    /// <summary>Starts and ends loops as destinations come and go. A destination whose next attempt has changed was synced by another caller.</summary>
    private async Task<TimeSpan> WatchAsync(CancellationToken cancellation)
    {
        if (_list() is not { } rows)
        {
            return s_watchInterval;
        }

        List<SyncLoop> ended = [];
        lock (_loops)
        {
            foreach (long id in _loops.Keys.Except(rows.Select(row => row.Id)).ToList())
            {
                _loops.Remove(id, out (SyncLoop Loop, double?) gone);
                ended.Add(gone.Loop);
            }

            foreach (DestinationRow row in rows)
            {
                bool isKnown = _loops.TryGetValue(row.Id, out (SyncLoop Loop, double? NextTry) known);
                if (isKnown && row.NextTry is not null && known.NextTry != row.NextTry)
                {
                    known.Loop.Wake();
                }

                _loops[row.Id] = (isKnown ? known.Loop : new SyncLoop(token => _sync(row.Id, token), _time), row.NextTry);
            }
        }

        await Task.WhenAll(ended.Select(loop => loop.DisposeAsync().AsTask())).ConfigureAwait(false);
        return s_watchInterval;
    }
}

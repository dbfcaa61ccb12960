using System.Collections.Concurrent;
using ConnectorDb.Core.Logging.Delivery;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging;

public sealed partial class DataLogger
{
    private static readonly TimeSpan s_closing = TimeSpan.FromSeconds(5);

    /// <summary>The delay after which a destination that another sync has is looked at again.</summary>
    private static readonly TimeSpan s_busyPause = TimeSpan.FromSeconds(1);
    private readonly Dictionary<long, DestinationSync> _open = [];
    /// <summary>The errors of the background sync by destination; 0 when the destinations cannot be read.</summary>
    private readonly ConcurrentDictionary<long, string> _faults = [];

    /// <summary>The devices that tests have logged in as, by destination.</summary>
    private readonly ConcurrentDictionary<long, string> _logins = [];

    private SyncLoops? _loops;
    private int _disposals;

    /// <summary>Entries that background syncs lost to damage of the file; the next result of the caller tells it.</summary>
    private long _lost;

    /// <summary>Raised after each sync: of all destinations when it is manual, of one in the background.</summary>
    public event Action<SyncResult>? Synced;

    public bool IsRunning => _loops is not null;

    /// <summary>Sends all waiting entries now, also to destinations in back-off.</summary>
    /// <param name="patience">How long to wait while another sync runs.</param>
    public async Task<SyncResult> SyncAsync(TimeSpan patience, CancellationToken cancellation)
    {
        TimeSpan period = Settings.SyncPeriod;
        SyncResult result = new(await Task.WhenAll(Destinations().Select(each => each.RunAsync(patience, period, cancellation))).ConfigureAwait(false)) { Lost = Interlocked.Exchange(ref _lost, 0) };

        // A failure has moved the next attempt, which the background would otherwise notice only at the end of its period.
        _loops?.Refresh();
        Synced?.Invoke(result);
        return result;
    }

    /// <summary>Starts to sync in the background: immediately, and then every <see cref="LoggerSettings.SyncPeriod"/>.</summary>
    public void Start() => _loops ??= new SyncLoops(ListDestinations, SyncDueAsync, _options.Time);

    /// <summary>Stops the background sync after one last sync.</summary>
    /// <param name="limit">The time limit of the last sync.</param>
    /// <returns>The result of the last sync; null when the logger was not running.</returns>
    public async Task<SyncResult?> StopAsync(TimeSpan limit, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _loops, null) is not { } loops)
        {
            return null;
        }

        await loops.DisposeAsync().ConfigureAwait(false);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(limit);
        return await SyncAsync(limit, end.Token).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposals, 1) == 1)
        {
            return;
        }

        if (Interlocked.Exchange(ref _loops, null) is { } loops)
        {
            await loops.DisposeAsync().ConfigureAwait(false);
        }

        Task closed;
        lock (_open)
        {
            closed = Task.WhenAll(_open.Values.Select(each => each.DisposeAsync().AsTask()));
            _open.Clear();
        }

        try
        {
            await closed.WaitAsync(s_closing).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A sink hangs. It closes when it returns, and what it has sent counts as unknown.
        }

        _outbox.Dispose();
    }

    /// <summary>Syncs a destination unless it is in back-off, and returns the delay until its next sync.</summary>
    /// <param name="destination">The id of the destination.</param>
    internal async Task<TimeSpan> SyncDueAsync(long destination, CancellationToken cancellation)
    {
        TimeSpan period = LoggerSettings.DefaultSyncPeriod;
        try
        {
            period = Settings.SyncPeriod;
            if (Destinations().Find(each => each.Row.Id == destination) is { } due && !(NextTry(destination) > Now))
            {
                DestinationResult result = await due.RunAsync(TimeSpan.Zero, period, cancellation).ConfigureAwait(false);
                if (result.IsBusy)
                {
                    // The other sync reports how it ended.
                    return s_busyPause;
                }

                Interlocked.Add(ref _lost, result.Damaged);
                Synced?.Invoke(new SyncResult([result]));
            }

            _faults.TryRemove(destination, out _);
            return TimeSpan.FromSeconds(Math.Clamp((NextTry(destination) ?? double.MaxValue) - Now, 0, period.TotalSeconds));
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            // The outbox itself cannot be used. The status shows the error, and the next sync tries again.
            _faults[destination] = error.Message;
            return period;
        }
    }

    /// <summary>The start of a request of this process to the destination that has had no response for some time.</summary>
    private DateTimeOffset? SilentSince(long destination)
    {
        lock (_open)
        {
            return _open.GetValueOrDefault(destination)?.SilentSince;
        }
    }

    private double? NextTry(long destination) => _outbox.Read(state => state.FindDestination(destination)?.NextTry, CancellationToken.None);

    private IReadOnlyList<DestinationRow>? ListDestinations()
    {
        try
        {
            IReadOnlyList<DestinationRow> rows = _outbox.Read(state => state.Destinations(), CancellationToken.None);
            _faults.TryRemove(0, out _);
            return rows;
        }
        catch (CdbException error)
        {
            _faults[0] = error.Message;
            return null;
        }
    }

    // Another process may have changed the destinations, so they are read from the file at each sync.
    private List<DestinationSync> Destinations()
    {
        IReadOnlyList<DestinationRow> rows = _outbox.Read(state => state.Destinations(), CancellationToken.None);
        lock (_open)
        {
            foreach (DestinationSync stale in _open.Values.Where(open => !rows.Any(row => row.Id == open.Row.Id && row.Settings == open.Row.Settings && row.Name == open.Row.Name)).ToList())
            {
                // It closes after its running sync, which may hang.
                _open.Remove(stale.Row.Id);
                _ = stale.DisposeAsync().AsTask();
            }

            foreach (DestinationRow row in rows.Where(row => !_open.ContainsKey(row.Id)))
            {
                _open[row.Id] = new DestinationSync(_outbox, new DestinationSender(_outbox, row, () => OpenSink(row), _options.Time), _options.Time);
            }

            return [.. rows.Select(row => _open[row.Id])];
        }
    }
}

using ConnectorDb.Core.Files;
using ConnectorDb.Core.Logging.Delivery;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging;

public sealed partial class DataLogger
{
    private readonly SemaphoreSlim _round = new(1, 1);
    private readonly Dictionary<long, DestinationSender> _open = [];
    private SyncLoop? _loop;
    private int _disposals;
    private Exception? _lastFault;

    /// <summary>Raised after each sync, manual or periodic.</summary>
    public event Action<SyncResult>? Synced;

    public bool IsRunning => _loop is not null;

    /// <summary>Sends all waiting entries now, also to destinations in back-off.</summary>
    /// <param name="patience">How long to wait while another process sends.</param>
    public Task<SyncResult> SyncAsync(TimeSpan patience, CancellationToken cancellation) => SyncAsync(_ => true, patience, cancellation);

    /// <summary>Starts to sync in the background: immediately, and then every <see cref="LoggerSettings.SyncPeriod"/>.</summary>
    public void Start() => _loop ??= new SyncLoop(SyncDueAsync, _options.Time);

    /// <summary>Stops the background sync after one last sync.</summary>
    /// <param name="limit">The time limit of the last sync.</param>
    /// <returns>The result of the last sync; null when the logger was not running.</returns>
    public async Task<SyncResult?> StopAsync(TimeSpan limit)
    {
        if (Interlocked.Exchange(ref _loop, null) is not { } loop)
        {
            return null;
        }

        await loop.DisposeAsync().ConfigureAwait(false);
        using CancellationTokenSource end = new(limit);
        return await SyncAsync(limit, end.Token).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposals, 1) == 1)
        {
            return;
        }

        if (Interlocked.Exchange(ref _loop, null) is { } loop)
        {
            await loop.DisposeAsync().ConfigureAwait(false);
        }

        await _round.WaitAsync().ConfigureAwait(false);
        foreach (DestinationSender destination in _open.Values)
        {
            await destination.DisposeAsync().ConfigureAwait(false);
        }

        _open.Clear();
        _outbox.Dispose();
    }

    /// <summary>Syncs the destinations that are not in back-off and returns the delay until the next sync.</summary>
    internal async Task<TimeSpan> SyncDueAsync(CancellationToken cancellation)
    {
        TimeSpan period = LoggerSettings.DefaultSyncPeriod;
        try
        {
            period = Settings.SyncPeriod;
            double now = Now;
            await SyncAsync(row => !(row.NextTry > now), TimeSpan.Zero, cancellation).ConfigureAwait(false);
            double? next = _outbox.Read(state => state.Destinations().Min(row => row.NextTry), CancellationToken.None);
            double wait = Math.Clamp((next ?? double.MaxValue) - Now, 0, period.TotalSeconds);
            _lastFault = null;
            return TimeSpan.FromSeconds(wait);
        }
        catch (CdbException error)
        {
            // The outbox itself cannot be used. The status shows the error, and the next sync tries again.
            _lastFault = error;
            return period;
        }
    }

    private async Task<SyncResult> SyncAsync(Func<DestinationRow, bool> isDue, TimeSpan patience, CancellationToken cancellation)
    {
        SyncResult result = new([]) { IsBusy = true };
        if (!await EnterSyncAsync(patience, cancellation).ConfigureAwait(false))
        {
            return result;
        }

        try
        {
            using LockFile? taken = await SyncLock.TakeAsync(Path, patience, cancellation).ConfigureAwait(false);
            result = taken is null
                ? result
                : await new SyncRound(_outbox, _options.Time, Settings.SyncPeriod)
                    .RunAsync(await DestinationsAsync(isDue).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _round.Release();
        }

        Synced?.Invoke(result);
        return result;
    }

    /// <summary>Waits for another sync of this logger; returns false on timeout or cancellation.</summary>
    private async Task<bool> EnterSyncAsync(TimeSpan patience, CancellationToken cancellation)
    {
        try
        {
            return await _round.WaitAsync(patience, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // Another process may have changed the destinations, so they are read from the file at each sync.
    private async Task<List<DestinationSender>> DestinationsAsync(Func<DestinationRow, bool> isDue)
    {
        IReadOnlyList<DestinationRow> rows = _outbox.Read(state => state.Destinations(), CancellationToken.None);
        foreach (DestinationSender stale in _open.Values.Where(open => !rows.Any(row => row.Id == open.Row.Id && row.Settings == open.Row.Settings)).ToList())
        {
            _open.Remove(stale.Row.Id);
            await stale.DisposeAsync().ConfigureAwait(false);
        }

        foreach (DestinationRow row in rows.Where(row => !_open.ContainsKey(row.Id)))
        {
            _open[row.Id] = new DestinationSender(_outbox, row, () => OpenSink(row), _options.Time);
        }

        return [.. rows.Where(isDue).Select(row => _open[row.Id])];
    }
}

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

    /// <summary>After each round of sending, whoever asked for it.</summary>
    public event Action<SyncResult>? Synced;

    public bool IsRunning => _loop is not null;

    /// <summary>Sends all that waits now, also to destinations that have just failed.</summary>
    /// <param name="patience">How long to wait for another process that is sending.</param>
    public Task<SyncResult> SyncAsync(TimeSpan patience, CancellationToken cancellation) => SyncAsync(_ => true, patience, cancellation);

    /// <summary>Starts to send in the background: at once, and then every <see cref="LoggerSettings.SyncPeriod"/>.</summary>
    public void Start() => _loop ??= new SyncLoop(SyncDueAsync, _options.Time);

    /// <summary>Ends the sending in the background with one last round, for which there is so much time.</summary>
    /// <returns>What that round did; null when nothing was running.</returns>
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

    /// <summary>Sends to the destinations that may be tried again; the answer is when to come again.</summary>
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
            // The file itself cannot be used now; that shows in the status, and the next round may fare better.
            _lastFault = error;
            return period;
        }
    }

    private async Task<SyncResult> SyncAsync(Func<DestinationRow, bool> isDue, TimeSpan patience, CancellationToken cancellation)
    {
        SyncResult result = new([]) { IsBusy = true };
        if (!await TakeTurnAsync(patience, cancellation).ConfigureAwait(false))
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

    /// <summary>Waits for another round of this logger; false when that took too long, or was cancelled.</summary>
    private async Task<bool> TakeTurnAsync(TimeSpan patience, CancellationToken cancellation)
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

    /// <summary>The destinations as they lie in the file now; those with other settings are opened anew.</summary>
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

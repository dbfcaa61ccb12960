using System.Diagnostics;
using System.Globalization;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Core.Retry;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging.Delivery;

/// <summary>Sends all waiting entries to one destination, one sync at a time across threads and processes.</summary>
internal sealed class DestinationSync(Outbox outbox, DestinationSender sender, TimeProvider time) : IAsyncDisposable
{
    private const string Stopped = "The sync was stopped before everything was sent. The remaining entries wait for the next sync.";
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);

    /// <summary>The time after its cancellation in which a sink reports the sent entries.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    /// <summary>The time after which the status reports a request without a response.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1, 1);

    public DestinationRow Row => sender.Row;

    /// <summary>The start of a running request that has had no response for two seconds.</summary>
    public DateTimeOffset? SilentSince => sender.AskedAt is { } asked && time.GetUtcNow() - asked >= s_silence ? asked : null;

    private double Now => UnixTime.FromDateTimeOffset(time.GetUtcNow());

    /// <param name="patience">How long to wait for another sync of the destination.</param>
    /// <param name="longestWait">The maximum back-off after a failure.</param>
    public async Task<DestinationResult> RunAsync(TimeSpan patience, TimeSpan longestWait, CancellationToken cancellation)
    {
        if (!await EnterAsync(patience, cancellation).ConfigureAwait(false))
        {
            return BusyResult();
        }

        Task<DestinationResult> run = Task.Run(() => RunInTurnAsync(patience, longestWait, cancellation), CancellationToken.None);

        // A sink that ignores its cancellation keeps the turn of its destination, and nobody else waits for it.
        using CancellationTokenSource abandoned = new();
        await using (cancellation.Register(() => abandoned.CancelAfter(s_grace)))
        {
            try
            {
                return await run.WaitAsync(abandoned.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (abandoned.IsCancellationRequested)
            {
                return new DestinationResult(Row.Name, 0, 0, CountPending(), $"It does not respond. {Stopped}");
            }
        }
    }

    /// <summary>The error of a destination that does not respond.</summary>
    public static string NoResponse(DateTimeOffset since)
        => string.Create(CultureInfo.InvariantCulture, $"It has not responded since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");

    /// <summary>Closes the sink after the running sync.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        await sender.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<bool> EnterAsync(TimeSpan patience, CancellationToken cancellation)
    {
        try
        {
            return await _turn.WaitAsync(patience, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<DestinationResult> RunInTurnAsync(TimeSpan patience, TimeSpan longestWait, CancellationToken cancellation)
    {
        try
        {
            using LockFile? taken = await SyncLock.TakeAsync(outbox.Path, Row.Id, patience, cancellation).ConfigureAwait(false);
            return taken is null ? BusyResult() : await SendAsync(longestWait, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<DestinationResult> SendAsync(TimeSpan longestWait, CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        string? oldStore = sender.Login?.NewStore;
        string? error;
        try
        {
            error = await sender.SendAsync(cancellation).ConfigureAwait(false) is { } fault ? TextOf(fault) : null;
            error = RecordEnd(error, sender.Sent / Stopwatch.GetElapsedTime(began).TotalSeconds) ?? error;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            error = Stopped;
            if (SilentSince is { } since)
            {
                error = $"{NoResponse(since)} {Stopped}";
                TryRecord(state => state.RecordFailure(Row.Id, Now, NoResponse(since), nextTry: null));
            }
        }
        catch (Exception failure)
        {
            error = TextOf(failure);
            RecordFailure(failure, error, longestWait);
        }

        sender.AskedAt = null;
        DestinationResult result = new(Row.Name, sender.Sent, sender.SetAside, CountPending(), error)
        {
            Duration = Stopwatch.GetElapsedTime(began),
            Damaged = sender.Damaged,
            SetAsideReason = sender.SetAsideReason,
            NewStore = oldStore is null ? sender.Login?.NewStore : null,
        };
        TryRecord(state =>
        {
            if (sender.Login is { } login)
            {
                state.RecordLogin(Row.Id, login.Device);
            }

            state.RemoveIfDone(Row.Id);
            state.ReleaseFreeSpace();
        });
        return result;
    }

    /// <summary>The message of a failure. A sink does not know that the entries wait.</summary>
    private static string TextOf(Exception failure)
        => failure is SinkException ? $"{failure.Message.TrimEnd('.', ' ')}. The logger keeps the entries." : failure.Message;

    private DestinationResult BusyResult()
    {
        OperationTrace.Current?.Add($"{Row.Name}: skipped, because another sync of this destination is running.");
        return new(Row.Name, 0, 0, CountPending(), "Another sync of this destination is running.") { IsBusy = true };
    }

    private long CountPending() => outbox.Read(state => state.Pending(Row.Id).Count, CancellationToken.None);

    private string? RecordEnd(string? error, double rate)
    {
        string? problem = error ?? (sender.SetAside > 0 ? $"{CountText.Of(sender.SetAside, "entry was", "entries were")} set aside. {sender.SetAsideReason}" : null);
        return TryRecord(state =>
        {
            // A sync whose entries were all refused is the end of a back-off, but no success.
            state.RecordEnd(Row.Id, problem is null || sender.Sent > 0 ? Now : null, rate > 0 ? rate : null);
            if (problem is not null)
            {
                state.RecordFailure(Row.Id, Now, problem, nextTry: null);
            }
        });
    }

    private void RecordFailure(Exception failure, string text, TimeSpan longestWait) => TryRecord(state =>
    {
        int failures = (state.FindDestination(Row.Id)?.Failures ?? 0) + 1;
        TimeSpan pause = new Backoff(s_firstPause, longestWait).After(failures, (failure as SinkException)?.RetryAfter);
        OperationTrace.Current?.Add(string.Create(CultureInfo.InvariantCulture, $"{Row.Name}: {text} Start-CdbLogger tries again in {pause.TotalSeconds:0.#} s, Sync-CdbLogger at once."));
        state.RecordFailure(Row.Id, Now, text, Now + pause.TotalSeconds);
    });

    // The status of a destination may be missing on a full disk, whose last space is for the progress of entries.
    /// <summary>Records the end of a sync. Returns the error when that is not possible.</summary>
    private string? TryRecord(Action<OutboxState> work)
    {
        try
        {
            outbox.Write(work, CancellationToken.None);
            return null;
        }
        catch (StoreException error)
        {
            return error.Message;
        }
    }
}

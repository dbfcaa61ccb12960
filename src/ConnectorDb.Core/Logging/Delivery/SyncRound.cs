using System.Diagnostics;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Core.Retry;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging.Delivery;

/// <summary>Sends to all destinations in parallel, so that a slow destination does not delay the others.</summary>
/// <param name="longestWait">The maximum back-off of a failing destination.</param>
internal sealed class SyncRound(Outbox outbox, TimeProvider time, TimeSpan longestWait)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    public async Task<SyncResult> RunAsync(IEnumerable<DestinationSender> destinations, CancellationToken cancellation)
    {
        DestinationResult[] results = await Task.WhenAll(destinations.Select(
            destination => Task.Run(() => SendAsync(destination, cancellation), CancellationToken.None))).ConfigureAwait(false);
        outbox.Write(state => state.ReleaseFreeSpace(), CancellationToken.None);
        return new SyncResult(results);
    }

    private async Task<DestinationResult> SendAsync(DestinationSender destination, CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        (long sent, long aside) before = Counts(destination);
        string? error;
        try
        {
            (long sent, _, Exception? fault) = await destination.SendAsync(cancellation).ConfigureAwait(false);
            error = fault?.Message;
            RecordEnd(destination, error, sent / Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            error = "The sync was stopped before everything was sent. The remaining entries wait for the next sync.";
        }
        catch (Exception failure)
        {
            error = failure.Message;
            RecordFailure(destination, failure);
        }

        (long sent, long aside) after = Counts(destination);
        long pending = outbox.Read(state => state.Pending(destination.Row.Id).Count, CancellationToken.None);
        return new DestinationResult(destination.Row.Name, after.sent - before.sent, after.aside - before.aside, pending, error)
        {
            Duration = Stopwatch.GetElapsedTime(began),
        };
    }

    private double Now => UnixTime.FromDateTimeOffset(time.GetUtcNow());

    private void RecordEnd(DestinationSender destination, string? error, double rate) => outbox.Write(
        state =>
        {
            state.RecordSuccess(destination.Row.Id, Now, rate > 0 ? rate : null);
            if (error is not null)
            {
                state.RecordFailure(destination.Row.Id, Now, error, nextTry: null);
            }
        },
        CancellationToken.None);

    private void RecordFailure(DestinationSender destination, Exception failure) => outbox.Write(
        state =>
        {
            int failures = (state.FindDestination(destination.Row.Id)?.Failures ?? 0) + 1;
            TimeSpan pause = new Backoff(s_firstPause, longestWait).After(failures, (failure as SinkException)?.RetryAfter);
            state.RecordFailure(destination.Row.Id, Now, failure.Message, Now + pause.TotalSeconds);
        },
        CancellationToken.None);

    private (long Sent, long SetAside) Counts(DestinationSender destination) => outbox.Read(
        state => (state.FindDestination(destination.Row.Id)?.Sent ?? 0, state.CountDeadLetters(destination.Row.Id)),
        CancellationToken.None);
}

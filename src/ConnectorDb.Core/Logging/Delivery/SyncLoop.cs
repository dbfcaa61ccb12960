using System.Threading.Channels;

namespace ConnectorDb.Core.Logging.Delivery;

/// <summary>Runs steps in the background, one at a time. Each step returns the delay before the next.</summary>
internal sealed class SyncLoop : IAsyncDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(49);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Func<CancellationToken, Task<TimeSpan>> _step;
    private readonly TimeProvider _time;
    private readonly Task _running;

    /// <param name="step">May throw only for its cancellation.</param>
    public SyncLoop(Func<CancellationToken, Task<TimeSpan>> step, TimeProvider time)
    {
        _step = step;
        _time = time;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Runs the next step immediately.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                await WaitAsync(await _step(_stop.Token).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposal cancels the step in progress.
        }
    }

    // Timers reach 49 days. A sync before its time is harmless.
    private async Task WaitAsync(TimeSpan wait)
    {
        wait = wait > s_longest ? s_longest : wait;
        using CancellationTokenSource woken = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        await Task.WhenAny(Task.Delay(wait, _time, woken.Token), _wake.Reader.ReadAsync(woken.Token).AsTask()).ConfigureAwait(false);
        await woken.CancelAsync().ConfigureAwait(false);
    }
}

using System.Threading.Channels;

namespace ConnectorDb.Core.Logging.Delivery;

/// <summary>Takes one step after the other in the background; each step says how long to wait before the next.</summary>
internal sealed class SyncLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _hurry = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Func<CancellationToken, Task<TimeSpan>> _step;
    private readonly TimeProvider _time;
    private readonly Task _running;

    /// <param name="step">It throws nothing but its cancellation.</param>
    public SyncLoop(Func<CancellationToken, Task<TimeSpan>> step, TimeProvider time)
    {
        _step = step;
        _time = time;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Takes the next step at once.</summary>
    public void Hurry() => _hurry.Writer.TryWrite(true);

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
            // Stopping is how a loop ends.
        }
    }

    private async Task WaitAsync(TimeSpan wait)
    {
        using CancellationTokenSource woken = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        await Task.WhenAny(Task.Delay(wait, _time, woken.Token), _hurry.Reader.ReadAsync(woken.Token).AsTask()).ConfigureAwait(false);
        await woken.CancelAsync().ConfigureAwait(false);
    }
}

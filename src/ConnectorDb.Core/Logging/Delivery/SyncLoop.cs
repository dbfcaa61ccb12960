namespace ConnectorDb.Core.Logging.Delivery;

/// <summary>Takes one step after the other in the background; each step says how long to wait before the next.</summary>
internal sealed class SyncLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _hurry = new(0);
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
    public void Hurry()
    {
        if (_hurry.CurrentCount == 0)
        {
            _hurry.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
        _hurry.Dispose();
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
        await Task.WhenAny(Task.Delay(wait, _time, woken.Token), _hurry.WaitAsync(woken.Token)).ConfigureAwait(false);
        await woken.CancelAsync().ConfigureAwait(false);
    }
}

using System.Collections.Concurrent;
using System.Threading.Channels;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Charts;

/// <summary>Tells that new datapoints arrived in any of several streams. Those that arrive meanwhile are told once.</summary>
/// <param name="stop">Cancels waiting.</param>
internal sealed class StreamSignal(CancellationToken stop) : IDisposable
{
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentQueue<(CdbPath Stream, CdbException Error)> _errors = new();
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private readonly List<ISubscription> _subscriptions = [];
    private int _open;

    /// <summary>A stream is still followed.</summary>
    public bool IsOpen => Volatile.Read(ref _open) > 0;

    public void Add(ISubscription subscription)
    {
        Interlocked.Increment(ref _open);
        _subscriptions.Add(subscription);
        _ = Task.Run(() => ReadAsync(subscription));
    }

    /// <summary>Waits for news, or an error, or until the timeout.</summary>
    /// <exception cref="OperationCanceledException">The pipeline was stopped.</exception>
    public void Wait(TimeSpan timeout)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(timeout);
        try
        {
            Await.Result(_news.Reader.ReadAsync(patience.Token));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>Takes the oldest error that ended the news of a stream; null when there is none.</summary>
    public (CdbPath Stream, CdbException Error)? TakeError() => _errors.TryDequeue(out (CdbPath, CdbException) error) ? error : null;

    public void Dispose()
    {
        _over.Cancel();
        foreach (ISubscription subscription in _subscriptions)
        {
            Await.Completion(subscription.DisposeAsync());
        }

        _over.Dispose();
    }

    private async Task ReadAsync(ISubscription subscription)
    {
        try
        {
            await foreach (Block _ in subscription.ReadAsync(_over.Token).ConfigureAwait(false))
            {
                _news.Writer.TryWrite(true);
            }
        }
        catch (CdbException error)
        {
            _errors.Enqueue((subscription.Query.Stream, error));
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }

        Interlocked.Decrement(ref _open);
        _news.Writer.TryWrite(true);
    }
}

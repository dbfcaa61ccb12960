using System.Threading.Channels;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Subscriptions;

/// <summary>
/// Merges the batches of several subscriptions into one queue. While the reader is slow, datapoints wait in their streams
/// and delay no other reader.
/// </summary>
internal sealed class SubscriptionQueue : IDisposable
{
    private const int Capacity = 4;
    private readonly Channel<SubscriptionBatch> _batches = Channel.CreateBounded<SubscriptionBatch>(Capacity);
    private readonly List<ISubscription> _subscriptions = [];
    private readonly List<Task> _readers = [];
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _over;

    /// <param name="timeout">The time after which the queue ends.</param>
    /// <param name="stop">Cancels the wait for the next batch.</param>
    public SubscriptionQueue(TimeSpan timeout, CancellationToken stop)
    {
        _stop = stop;
        _over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _over.CancelAfter(timeout);
    }

    public void Add(ISubscription subscription)
    {
        _subscriptions.Add(subscription);
        _readers.Add(Task.Run(() => ReadAsync(subscription, _over.Token)));
    }

    /// <summary>Ends the queue when all added subscriptions have ended.</summary>
    public void Complete() => Task.WhenAll(_readers).ContinueWith(_ => _batches.Writer.TryComplete(), TaskScheduler.Default);

    /// <summary>Waits for the next batch; null at the end of the queue.</summary>
    /// <exception cref="OperationCanceledException">The pipeline was stopped.</exception>
    public SubscriptionBatch? Next()
    {
        try
        {
            return Await.Result(_batches.Reader.WaitToReadAsync(_over.Token)) && _batches.Reader.TryRead(out SubscriptionBatch? batch) ? batch : null;
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _over.Cancel();
        foreach (ISubscription subscription in _subscriptions)
        {
            Await.Completion(subscription.DisposeAsync());
        }

        _over.Dispose();
    }

    private async Task ReadAsync(ISubscription subscription, CancellationToken over)
    {
        CdbException? last;
        do
        {
            last = null;
            try
            {
                await foreach (Block points in subscription.ReadAsync(over).ConfigureAwait(false))
                {
                    await _batches.Writer.WriteAsync(new SubscriptionBatch(subscription.Query.Stream, points, null), over).ConfigureAwait(false);
                }
            }
            catch (CdbException error)
            {
                last = error;
                await _batches.Writer.WriteAsync(new SubscriptionBatch(subscription.Query.Stream, Block.Empty, error), over).ConfigureAwait(false);
            }
        }
        while (last is ScriptRuntimeException);
    }
}

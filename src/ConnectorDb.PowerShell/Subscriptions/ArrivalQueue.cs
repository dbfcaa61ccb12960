using System.Threading.Channels;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Subscriptions;

/// <summary>
/// What arrives in several subscriptions, one after the other. Who is slow to take it lets the rest wait in the
/// streams, and holds up nobody.
/// </summary>
internal sealed class ArrivalQueue : IDisposable
{
    private const int MostWaiting = 4;
    private readonly Channel<Arrival> _arrivals = Channel.CreateBounded<Arrival>(MostWaiting);
    private readonly List<ISubscription> _subscriptions = [];
    private readonly List<Task> _readers = [];
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _over;

    /// <param name="patience">After how long there is no next arrival any more.</param>
    public ArrivalQueue(TimeSpan patience, CancellationToken stop)
    {
        _stop = stop;
        _over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _over.CancelAfter(patience);
    }

    public void Add(ISubscription subscription)
    {
        _subscriptions.Add(subscription);
        _readers.Add(Task.Run(() => ReadAsync(subscription, _over.Token)));
    }

    /// <summary>No more are added, so that it ends when all of them do.</summary>
    public void Complete() => Task.WhenAll(_readers).ContinueWith(_ => _arrivals.Writer.TryComplete(), TaskScheduler.Default);

    /// <summary>Waits for the next; null when there will be none.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Arrival? Next()
    {
        try
        {
            return Answer.Of(_arrivals.Reader.WaitToReadAsync(_over.Token)) && _arrivals.Reader.TryRead(out Arrival? arrival) ? arrival : null;
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
            Answer.Of(subscription.DisposeAsync());
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
                    await _arrivals.Writer.WriteAsync(new Arrival(subscription.Query.Stream, points, null), over).ConfigureAwait(false);
                }
            }
            catch (CdbException error)
            {
                last = error;
                await _arrivals.Writer.WriteAsync(new Arrival(subscription.Query.Stream, Block.Empty, error), over).ConfigureAwait(false);
            }
        }
        while (last is ScriptRuntimeException);
    }
}

using ConnectorDb.Columns;

namespace ConnectorDb.Contracts;

/// <summary>
/// The datapoints that arrive in a stream, in order, each once. However slow its reader is, it holds up no writer and
/// loses nothing: what was not read yet is taken from the stream by its index. Of an ephemeral stream, which keeps nothing,
/// a reader that lags far behind misses the oldest.
/// </summary>
public interface ISubscription : IAsyncDisposable
{
    SubscriptionQuery Query { get; }

    /// <summary>The index of the first datapoint that was not delivered yet.</summary>
    long Position { get; }

    /// <summary>
    /// Batches as they arrive, without end. It ends by cancellation, by disposal, and with
    /// <see cref="NotFoundException"/> when the stream, or the right to read it, is gone.
    /// </summary>
    IAsyncEnumerable<Block> ReadAsync(CancellationToken cancellation);
}

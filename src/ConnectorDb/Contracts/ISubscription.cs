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

    /// <summary>How many datapoints of a stream that keeps nothing were dropped, because the reader lagged too far behind.</summary>
    long Missed => 0;

    /// <summary>
    /// Batches as they arrive, without end, to one reader at a time. It ends by cancellation and by disposal. After an
    /// exception, other than that the stream is gone, one may ask again, and it goes on behind what was delivered.
    /// </summary>
    /// <exception cref="NotFoundException">The stream, or the right to read it, is gone.</exception>
    /// <exception cref="AuthenticationException">The device logged in as is gone.</exception>
    /// <exception cref="ScriptRuntimeException">The transform does not fit a batch, which counts as delivered.</exception>
    /// <exception cref="StoreException">The database cannot answer, or was closed.</exception>
    IAsyncEnumerable<Block> ReadAsync(CancellationToken cancellation);
}

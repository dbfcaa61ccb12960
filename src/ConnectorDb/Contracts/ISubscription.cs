using ConnectorDb.Columns;

namespace ConnectorDb.Contracts;

/// <summary>The new datapoints of a stream, in order, each exactly once.</summary>
/// <remarks>
/// A slow reader blocks no writer and loses nothing, because it reads from the stream by index. An ephemeral stream stores nothing, so a
/// reader that lags far behind misses the oldest datapoints.
/// </remarks>
public interface ISubscription : IAsyncDisposable
{
    SubscriptionQuery Query { get; }

    /// <summary>The index of the first datapoint that was not delivered yet.</summary>
    long Position { get; }

    /// <summary>Number of datapoints of an ephemeral stream that were dropped because the reader lagged behind.</summary>
    long Missed => 0;

    /// <summary>Why no datapoints can arrive at present, while the connection to the server is tried again; null otherwise.</summary>
    CdbException? Interruption => null;

    /// <summary>Reads batches as they arrive, without end; one reader at a time.</summary>
    /// <remarks>Ends by cancellation or disposal. After an exception, except when the stream was deleted, reading can start again and continues behind the delivered datapoints.</remarks>
    /// <exception cref="NotFoundException">The stream was deleted, or may not be read any more.</exception>
    /// <exception cref="AuthenticationException">The device of the login was deleted.</exception>
    /// <exception cref="ScriptRuntimeException">The transform fails for a batch, which counts as delivered.</exception>
    /// <exception cref="StoreException">The database cannot answer, or was closed.</exception>
    IAsyncEnumerable<Block> ReadAsync(CancellationToken cancellation);
}

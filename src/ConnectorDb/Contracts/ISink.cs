namespace ConnectorDb.Contracts;

/// <summary>
/// A destination of a logger. Its methods are never called concurrently. An exception means that the destination is not usable and the
/// outcome of the batches is unknown; a <see cref="SinkException"/> can carry the time of the next attempt.
/// </summary>
public interface ISink : IAsyncDisposable
{
    /// <summary>The address or file of the destination, without secrets.</summary>
    string Location { get; }

    /// <summary>The latest login; null before the first request, and where there are no logins.</summary>
    SinkLogin? Login => null;

    /// <summary>Tests the connection, login and rights without changing anything. An exception describes the problem.</summary>
    /// <returns>A noun phrase for the file, store or database that the first write will create; null for none.</returns>
    ValueTask<string?> TestAsync(CancellationToken cancellation);

    /// <summary>Sends batches and returns one outcome for each, in the same order.</summary>
    ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation);
}

/// <summary>
/// A sink whose destination can be asked for its content, so that nothing is stored twice after a lost connection. The checkpoint of a
/// batch is recorded in the outbox before the batch is sent. A batch whose outcome is unknown comes back unchanged with its checkpoint.
/// </summary>
public interface IExactlyOnceSink : ISink
{
    /// <summary>Returns one checkpoint for each unsent batch, in the same order.</summary>
    ValueTask<IReadOnlyList<BatchCheckpoint>> CheckpointAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation);
}

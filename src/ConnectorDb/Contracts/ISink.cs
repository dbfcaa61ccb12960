namespace ConnectorDb.Contracts;

/// <summary>
/// A destination of what a logger has gathered. Its calls come one after the other. What it throws means that the
/// destination could not be used, and that nobody knows what became of the batch; a <see cref="SinkException"/> may say when to
/// come again.
/// </summary>
public interface ISink : IAsyncDisposable
{
    /// <summary>Where things go: an address, a file; without secrets.</summary>
    string Location { get; }

    /// <summary>Returns when the destination could be written to now, without writing anything.</summary>
    ValueTask TestAsync(CancellationToken cancellation);

    /// <summary>Sends the runs; one outcome for each, in their order.</summary>
    ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batch, CancellationToken cancellation);
}

/// <summary>
/// A sink whose destination can tell what it has stored, so that nothing is sent twice after a lost connection. Runs are marked, and
/// the marks written down, before they are sent; a run whose outcome is unknown comes back with the same items and its mark.
/// </summary>
public interface IExactlyOnceSink : ISink
{
    /// <summary>Marks runs that have not been sent yet; one mark for each, in their order.</summary>
    ValueTask<IReadOnlyList<BatchCheckpoint>> CheckpointAsync(IReadOnlyList<SinkBatch> batch, CancellationToken cancellation);
}

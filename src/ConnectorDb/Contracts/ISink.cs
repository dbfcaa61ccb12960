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
    ValueTask<IReadOnlyList<RunOutcome>> WriteAsync(IReadOnlyList<SinkRun> batch, CancellationToken cancellation);
}

/// <summary>
/// A sink whose destination can be asked what has arrived, so that after a cut nothing is sent twice. Before a run is
/// sent, its mark is taken and written down; a run whose fate is unknown comes back with the same items and that mark.
/// </summary>
public interface IExactSink : ISink
{
    /// <summary>What the destination looks like before the run is sent, for the sink itself to read.</summary>
    ValueTask<string> MarkAsync(SinkRun run, CancellationToken cancellation);
}

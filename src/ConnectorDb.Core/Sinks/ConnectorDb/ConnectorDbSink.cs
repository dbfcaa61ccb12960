using ConnectorDb.Contracts;
using ConnectorDb.Core.Sinks.Http;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>Appends to a ConnectorDB, embedded or remote, exactly once and in order.</summary>
[Sink(typeof(ConnectorDbSettings))]
internal sealed class ConnectorDbSink : IExactlyOnceSink
{
    private readonly ConnectorDbSettings _settings;
    private readonly SinkContext _context;
    private ICdbClient? _client;

    /// <exception cref="InvalidValueException">The address is invalid or contains a password.</exception>
    public ConnectorDbSink(ConnectorDbSettings settings, SinkContext context)
    {
        (_settings, _context) = (settings, context);
        if (settings.Url is { } url)
        {
            ServerAddress.Parse(url);
        }
    }

    public string Location => _settings.Location;

    private ICdbClient Client => _client ??= _context.Connect(_settings);

    public async ValueTask TestAsync(CancellationToken cancellation) => await Client.PingAsync(cancellation).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<BatchCheckpoint>> CheckpointAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
    {
        try
        {
            StreamEnds ends = new(Client, [.. batches.Select(batch => Parts(batch))]);
            return await ends.CheckpointAsync(Guid.NewGuid().ToString("N"), cancellation).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
    {
        Dictionary<SinkBatch, BatchOutcome> outcomes = new(ReferenceEqualityComparer.Instance);
        Exception? lost = null;
        foreach (BatchAppend append in BatchAppend.Of(batches, Parts, _settings.Restamp))
        {
            try
            {
                if (lost is null)
                {
                    await append.RunAsync(Client, outcomes, cancellation).ConfigureAwait(false);
                    continue;
                }
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                lost = error;
            }

            append.Keep(outcomes, lost);
        }

        if (lost is not null)
        {
            await DisposeAsync().ConfigureAwait(false);
        }

        return [.. batches.Select(batch => outcomes[batch])];
    }

    /// <summary>Closes the connection. The next call opens a new one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _client, null) is { } client)
        {
            await client.DisposeAsync().ConfigureAwait(false);
        }
    }

    private IReadOnlyList<StreamPart> Parts(SinkBatch batch) => StreamPart.Of(batch, _settings.Points);
}

using ConnectorDb.Contracts;
using ConnectorDb.Core.Sinks.Http;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>Writes to a ConnectorDB, embedded or remote: each datapoint once, in order, all streams of a batch in one append.</summary>
[Sink(typeof(ConnectorDbSettings))]
internal sealed class ConnectorDbSink : IExactSink
{
    private readonly ConnectorDbSettings _settings;
    private readonly SinkContext _context;
    private ICdbClient? _client;

    /// <exception cref="InvalidValueException">The address is none, or has a login in it.</exception>
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

    public async ValueTask<IReadOnlyList<RunMark>> MarkAsync(IReadOnlyList<SinkRun> batch, CancellationToken cancellation)
    {
        try
        {
            StreamEnds ends = new(Client, [.. batch.Select(run => Parts(run))]);
            return await ends.MarkAsync(Guid.NewGuid().ToString("N"), cancellation).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask<IReadOnlyList<RunOutcome>> WriteAsync(IReadOnlyList<SinkRun> batch, CancellationToken cancellation)
    {
        Dictionary<SinkRun, RunOutcome> outcomes = new(ReferenceEqualityComparer.Instance);
        Exception? lost = null;
        foreach (BatchAppend append in BatchAppend.Of(batch, Parts, _settings.Restamp))
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

        return [.. batch.Select(run => outcomes[run])];
    }

    /// <summary>Closes the connection; the next call opens another.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _client, null) is { } client)
        {
            await client.DisposeAsync().ConfigureAwait(false);
        }
    }

    private IReadOnlyList<StreamPart> Parts(SinkRun run) => StreamPart.Of(run, _settings.Points);
}

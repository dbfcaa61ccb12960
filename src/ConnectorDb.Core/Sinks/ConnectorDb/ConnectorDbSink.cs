using ConnectorDb.Contracts;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Sinks.Http;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>Appends to a ConnectorDB, embedded or remote, exactly once and in order.</summary>
[Sink(typeof(ConnectorDbSettings))]
internal sealed class ConnectorDbSink : IExactlyOnceSink
{
    private readonly ConnectorDbSettings _settings;
    private readonly SinkContext _context;
    private readonly FieldClaims _claims = new();
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

    public SinkLogin? Login { get; private set; }

    /// <summary>Logs in to the database. A store that its owner would create is not created.</summary>
    public async ValueTask<string?> TestAsync(CancellationToken cancellation)
    {
        try
        {
            await using ICdbClient client = Connect(_settings with { MustExist = true });
            await client.PingAsync(cancellation).ConfigureAwait(false);
            return null;
        }
        catch (NotFoundException missing) when (_settings is { Url: null, ApiKey: null, UserName: null, As: null } && missing.Target is string path)
        {
            return Creation(path);
        }
    }

    public async ValueTask<IReadOnlyList<BatchCheckpoint>> CheckpointAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
    {
        try
        {
            IReadOnlyList<StreamPart>[] parts = await PartsAsync(batches, cancellation).ConfigureAwait(false);
            StreamEnds ends = new(await ClientAsync(cancellation).ConfigureAwait(false), [.. parts.Select(batch => batch.Where(part => part.Fault is null).ToArray())]);
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
        IReadOnlyList<StreamPart>[] parts = await PartsAsync(batches, cancellation).ConfigureAwait(false);
        Exception? lost = null;
        foreach (BatchAppend append in BatchAppend.Of(batches, parts, _settings.Restamp))
        {
            try
            {
                if (lost is null)
                {
                    await append.RunAsync(await ClientAsync(cancellation).ConfigureAwait(false), outcomes, cancellation).ConfigureAwait(false);
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

    /// <summary>The open connection. A login that is still waiting when it is cancelled, as for a server that does not respond, is closed when it ends.</summary>
    private async ValueTask<ICdbClient> ClientAsync(CancellationToken cancellation)
    {
        if (_client is { } open)
        {
            return open;
        }

        Task<ICdbClient> connecting = Task.Run(() => Connect(_settings), CancellationToken.None);
        try
        {
            return _client = await connecting.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            _ = CloseAsync(connecting);
            throw;
        }
    }

    private static async Task CloseAsync(Task<ICdbClient> connecting)
    {
        try
        {
            await (await connecting.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (CdbException)
        {
            // It was not opened.
        }
    }

    private ICdbClient Connect(ConnectorDbSettings settings)
    {
        ICdbClient client = _context.Connect(settings);
        Login = new SinkLogin(client.Identity.ToString(), client.IsNew ? client.Location : Login?.NewStore);
        return client;
    }

    private static string Creation(string path)
    {
        try
        {
            return MissingFile.Describe(path, "store") ?? $"a store in '{path}', which is an empty file";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"The store '{path}' does not exist and cannot be created: {error.Message}", path, error);
        }
    }

    private async ValueTask<IReadOnlyList<StreamPart>[]> PartsAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
    {
        IReadOnlyList<StreamPart>[] parts = [.. batches.Select(batch => StreamPart.Of(batch, _settings.Points))];
        for (int i = 0; i < parts.Length && _settings.Points == PointLayout.StreamPerField; i++)
        {
            parts[i] = await _claims.ClaimAsync(await ClientAsync(cancellation).ConfigureAwait(false), parts[i], cancellation).ConfigureAwait(false);
        }

        return parts;
    }
}

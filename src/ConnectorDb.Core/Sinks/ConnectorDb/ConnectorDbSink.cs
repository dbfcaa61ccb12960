using ConnectorDb.Contracts;
using ConnectorDb.Core.Sinks.Http;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>Writes to a ConnectorDB, embedded or remote: each datapoint once, in order.</summary>
[Sink(typeof(ConnectorDbSettings))]
internal sealed class ConnectorDbSink : IExactSink
{
    private readonly ConnectorDbSettings _settings;
    private readonly SinkContext _context;
    private readonly Dictionary<string, CdbPath> _targets = new(StringComparer.Ordinal);
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

    public async ValueTask<string> MarkAsync(SinkRun run, CancellationToken cancellation)
    {
        Dictionary<string, StreamMark> marks = new(StringComparer.Ordinal);
        foreach (StreamPart part in StreamPart.Of(run, _settings.Points))
        {
            CdbPath target = await TargetAsync(part, cancellation).ConfigureAwait(false);
            marks[part.Name] = await MarkAsync(part, target, cancellation).ConfigureAwait(false);
        }

        return StreamMark.Write(marks);
    }

    public async ValueTask<IReadOnlyList<RunOutcome>> WriteAsync(IReadOnlyList<SinkRun> batch, CancellationToken cancellation)
    {
        List<RunOutcome> outcomes = new(batch.Count);
        Exception? lost = null;
        foreach (SinkRun run in batch)
        {
            RunOutcome outcome = lost is null ? await WriteAsync(run, cancellation).ConfigureAwait(false) : RunOutcome.Kept(lost);
            lost ??= outcome.Fault is StoreException or AuthenticationException or not (null or CdbException) ? outcome.Fault : null;
            outcomes.Add(outcome);
        }

        if (lost is not null)
        {
            await DisposeAsync().ConfigureAwait(false);
        }

        return outcomes;
    }

    /// <summary>Closes the connection; the next call makes another.</summary>
    public async ValueTask DisposeAsync()
    {
        _targets.Clear();
        if (Interlocked.Exchange(ref _client, null) is { } client)
        {
            await client.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<RunOutcome> WriteAsync(SinkRun run, CancellationToken cancellation)
    {
        try
        {
            IReadOnlyDictionary<string, StreamMark> marks = StreamMark.Read(run.Mark!);
            Dictionary<int, Refusal> refused = [];
            foreach (StreamPart part in StreamPart.Of(run, _settings.Points))
            {
                CdbPath target = await TargetAsync(part, cancellation).ConfigureAwait(false);
                StreamAppend append = new(Client, target, _settings.Restamp || run.Restamp);
                foreach (Refusal refusal in await append.RunAsync(part, marks[part.Name], run.IsRepeated, cancellation).ConfigureAwait(false))
                {
                    refused.TryAdd(refusal.Place, refusal);
                }
            }

            return new RunOutcome(run.Count, [.. refused.Values.OrderBy(refusal => refusal.Place)]);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            return RunOutcome.Kept(error);
        }
    }

    private async Task<StreamMark> MarkAsync(StreamPart part, CdbPath target, CancellationToken cancellation)
    {
        try
        {
            Datapoint? newest = await Ask(() => Client.LastAsync(target, cancellation)).ConfigureAwait(false);
            return new StreamMark(await Ask(() => Client.CountAsync(target, cancellation)).ConfigureAwait(false), newest?.T, Guid.NewGuid().ToString("N"));
        }
        catch (NotFoundException)
        {
            // It was deleted since it was found; the next round looks for it anew.
            _targets.Remove(part.Name);
            throw;
        }
    }

    /// <summary>
    /// The stream, or its downlink when another device owns it: where appends go, and where to look for what has arrived.
    /// It is made where that was asked for.
    /// </summary>
    private async Task<CdbPath> TargetAsync(StreamPart part, CancellationToken cancellation)
    {
        if (_targets.TryGetValue(part.Name, out CdbPath? known))
        {
            return known;
        }

        CdbPath path = CdbPath.Resolve(part.Name, CdbPathKind.Stream, Client.Identity);
        if (part.ToCreate is { } definition && !await Ask(() => Client.ExistsAsync(path, cancellation)).ConfigureAwait(false))
        {
            await Ask(() => Client.CreateStreamAsync(path, definition, cancellation)).ConfigureAwait(false);
        }

        return _targets[part.Name] = path.Parent == Client.Identity ? path : path.ToDownlink();
    }

    /// <summary>A connection that has failed is not used again.</summary>
    private async Task<T> Ask<T>(Func<ValueTask<T>> question)
    {
        try
        {
            return await question().ConfigureAwait(false);
        }
        catch (StoreException)
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}

using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>Makes checkpoints from the ends of the streams, which it queries in one request. Missing streams are created if requested.</summary>
internal sealed class StreamEnds(ICdbClient client, IReadOnlyList<IReadOnlyList<StreamPart>> batches)
{
    /// <param name="id">The identity of the attempt.</param>
    /// <returns>One checkpoint, or its error, for each batch.</returns>
    public async ValueTask<IReadOnlyList<BatchCheckpoint>> CheckpointAsync(string id, CancellationToken cancellation)
    {
        (CdbPath?[] Targets, CdbException? Fault)[] targets = [.. batches.Select(Targets)];
        CdbPath[] asked = [.. targets.SelectMany(batch => batch.Targets).OfType<CdbPath>().Distinct()];
        IReadOnlyList<StreamEnd?> found = await client.GetEndsAsync(asked, cancellation).ConfigureAwait(false);
        Dictionary<CdbPath, StreamEnd?> ends = asked.Zip(found).ToDictionary(pair => pair.First, pair => pair.Second);
        BatchCheckpoint[] checkpoints = new BatchCheckpoint[batches.Count];
        for (int i = 0; i < checkpoints.Length; i++)
        {
            checkpoints[i] = targets[i].Fault is { } fault ? new BatchCheckpoint(null, fault) : await CheckpointAsync(id, batches[i], targets[i].Targets!, ends, cancellation).ConfigureAwait(false);
        }

        return checkpoints;
    }

    private (CdbPath?[] Targets, CdbException? Fault) Targets(IReadOnlyList<StreamPart> parts)
    {
        try
        {
            return ([.. parts.Select(part => part.TargetFor(client.Identity))], null);
        }
        catch (InvalidNameException error)
        {
            return ([], error);
        }
    }

    private async ValueTask<BatchCheckpoint> CheckpointAsync(string id, IReadOnlyList<StreamPart> parts, CdbPath?[] targets, Dictionary<CdbPath, StreamEnd?> ends, CancellationToken cancellation)
    {
        try
        {
            Dictionary<string, StreamCheckpoint> checkpoints = new(StringComparer.Ordinal);
            for (int i = 0; i < parts.Count; i++)
            {
                StreamEnd end = ends[targets[i]!] ??= await MakeAsync(client, parts[i], targets[i]!, cancellation).ConfigureAwait(false);
                checkpoints[parts[i].Name] = new StreamCheckpoint(end.Count, end.Last?.T, id);
            }

            return new BatchCheckpoint(StreamCheckpoint.Write(checkpoints), null);
        }
        catch (CdbException error) when (error is not (StoreException or AuthenticationException))
        {
            return new BatchCheckpoint(null, error);
        }
    }

    /// <summary>Creates the stream if requested, and returns its end.</summary>
    /// <exception cref="CdbException">The stream is missing or not readable.</exception>
    public static async ValueTask<StreamEnd> MakeAsync(ICdbClient client, StreamPart part, CdbPath target, CancellationToken cancellation)
    {
        CdbPath path = target.ToStream();
        if (part.ToCreate is { } definition && !await client.ExistsAsync(path, cancellation).ConfigureAwait(false))
        {
            await client.CreateStreamAsync(path, definition, cancellation).ConfigureAwait(false);
        }

        return new StreamEnd(await client.CountAsync(target, cancellation).ConfigureAwait(false), await client.LastAsync(target, cancellation).ConfigureAwait(false));
    }
}

using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Appending;
using ConnectorDb.Core.Client.Remote.ConnectorDb03;
using ConnectorDb.Core.Schemas;

namespace ConnectorDb.Core.Client.Buffering;

/// <summary>Finds which datapoints an append would store and which it would refuse, and stores nothing.</summary>
/// <remarks>The rights and the place are those of an append without datapoints; schema and newest time are read once for each stream.</remarks>
internal sealed class AppendTrial(ICdbClient client)
{
    private readonly SchemaCache _schemas = new();
    private readonly Dictionary<CdbPath, TrialStream> _streams = [];

    /// <inheritdoc cref="ICdbClient.AppendAsync"/>
    public async ValueTask<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<StreamBlock> blocks, AppendOptions options, CancellationToken cancellation)
    {
        AppendResult[] results = new AppendResult[blocks.Count];
        bool isOver = false;
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = isOver ? new AppendResult(0, blocks[i].Stream) : await AppendAsync(blocks[i], options, cancellation).ConfigureAwait(false);
            isOver |= options.StopsAt(results[i]);
        }

        return results;
    }

    private async ValueTask<AppendResult> AppendAsync(StreamBlock block, AppendOptions options, CancellationToken cancellation)
    {
        try
        {
            if (!_streams.TryGetValue(block.Stream, out TrialStream? stream))
            {
                _streams[block.Stream] = stream = await OpenAsync(block.Stream, cancellation).ConfigureAwait(false);
            }

            AppendCheck check = AppendCheck.Of(stream.Target, block.Points, stream.Schema, options);
            check = new TimeAssignment(stream.Target, options, block.HasArrivalTimes, TimeProvider.System).Assign(check, stream.Newest);
            if (check.Points.Count > 0 && !stream.IsEphemeral)
            {
                stream.Newest = check.Points.Times.Span[^1];
            }

            return new AppendResult(check.Points.Count, stream.Target) { Rejected = [.. check.Rejected] };
        }
        catch (CdbException error) when (options.RejectsOnlyBlock(error))
        {
            return new AppendResult(0, block.Stream) { Error = error };
        }
    }

    private async ValueTask<TrialStream> OpenAsync(CdbPath path, CancellationToken cancellation)
    {
        CdbPath target = path;

        // ConnectorDB 0.3 takes no append without datapoints.
        if (client is not ConnectorDb03Client)
        {
            IReadOnlyList<AppendResult> results = await client.AppendAsync([new StreamBlock(path, Block.Empty)], AppendOptions.Default, cancellation).ConfigureAwait(false);
            target = results[0].GetTarget();
        }

        CdbStream stream = await client.GetStreamAsync(path.ToStream(), cancellation).ConfigureAwait(false);
        return new TrialStream(target, _schemas.OfStored(stream.Schema, stream.Path), stream.Ephemeral)
        {
            Newest = stream.Ephemeral ? null : await NewestAsync(target, cancellation).ConfigureAwait(false),
        };
    }

    /// <summary>The time of the newest datapoint; null when there is none, or when the login may write but not read.</summary>
    private async ValueTask<double?> NewestAsync(CdbPath target, CancellationToken cancellation)
    {
        try
        {
            return (await client.LastAsync(target, cancellation).ConfigureAwait(false))?.T;
        }
        catch (PermissionDeniedException)
        {
            return null;
        }
    }

    private sealed record TrialStream(CdbPath Target, CompiledSchema Schema, bool IsEphemeral)
    {
        public double? Newest { get; set; }
    }
}

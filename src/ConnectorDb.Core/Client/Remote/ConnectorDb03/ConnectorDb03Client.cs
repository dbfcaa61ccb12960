using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote.Appending;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Engine.Appending;

namespace ConnectorDb.Core.Client.Remote.ConnectorDb03;

/// <summary>A client of a ConnectorDB 0.3 server, which appends to one stream at a time, all or nothing.</summary>
internal sealed class ConnectorDb03Client : RemoteClient
{
    /// <summary>As many datapoints as the clients of that time send at once.</summary>
    private const int MaxCount = 5000;

    private readonly RestConnection _rest;

    public ConnectorDb03Client(RestConnection rest, RemoteOptions settings, CdbPath identity, string version)
        : base(rest, settings, identity, version, isOriginal: true) => _rest = rest;

    /// <inheritdoc/>
    /// <remarks>The blocks are stored one after the other: when one fails, those before it are stored.</remarks>
    public override async ValueTask<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<StreamBlock> blocks, AppendOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        ArgumentNullException.ThrowIfNull(options);
        AppendResults results = new(blocks, options.OnInvalid);
        for (int i = 0; i < blocks.Count; i++)
        {
            foreach (BlockPart part in AppendRequest.Cut(i, results.Sendable[i], MaxCount))
            {
                try
                {
                    results.Add(part, await SendAsync(part, options, cancellation).ConfigureAwait(false));
                }
                catch (CdbException error) when (options.RejectsOnlyBlock(error))
                {
                    results.Add(part, new AppendResult(0, part.Points.Stream) { Error = error });
                    break;
                }
                catch (CdbException error)
                {
                    throw results.Moved(error, part);
                }
            }
        }

        return results.ToArray();
    }

    public override async ValueTask<IReadOnlyList<StreamEnd?>> GetEndsAsync(IReadOnlyList<CdbPath> streams, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(streams);
        StreamEnd?[] ends = new StreamEnd?[streams.Count];
        for (int i = 0; i < ends.Length; i++)
        {
            try
            {
                Datapoint? last = await LastAsync(streams[i], cancellation).ConfigureAwait(false);
                ends[i] = new StreamEnd(await CountAsync(streams[i], cancellation).ConfigureAwait(false), last);
            }
            catch (NotFoundException)
            {
                ends[i] = null;
            }
        }

        return ends;
    }

    private protected override RemoteClient As(RestConnection rest, CdbPath identity) => new ConnectorDb03Client(rest, Settings, identity, Version);

    private async ValueTask<AppendResult> SendAsync(BlockPart part, AppendOptions options, CancellationToken cancellation)
    {
        ConnectorDb03Insert insert = new(_rest, this, Settings, options);
        try
        {
            return new AppendResult(part.Points.Points.Count, await insert.SendAsync(part.Points, part.Json, cancellation).ConfigureAwait(false));
        }
        catch (CdbException error) when (error is IDatapointFault && (options.OnInvalid == OnInvalid.RejectInvalid || part.Points.HasArrivalTimes))
        {
            // The server does not say which datapoints are invalid, so they are looked for here, all at once.
            AppendCheck check = await insert.CheckAsync(part.Points, options.OnInvalid, cancellation).ConfigureAwait(false);
            if (ReferenceEquals(check.Points, part.Points.Points))
            {
                throw;
            }

            StreamBlock valid = part.Points with { Points = check.Points };
            CdbPath target = check.Points.Count == 0
                ? valid.Stream
                : await insert.SendAsync(valid, AppendRequest.Cut(part.Block, valid, MaxCount).Single().Json, cancellation).ConfigureAwait(false);
            return new AppendResult(check.Points.Count, target) { Rejected = check.Rejected };
        }
    }
}

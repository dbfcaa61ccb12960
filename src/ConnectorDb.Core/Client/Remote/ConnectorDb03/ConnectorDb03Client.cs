using System.Runtime.CompilerServices;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Charts;
using ConnectorDb.Core.Appending;
using ConnectorDb.Core.Client.Remote.Appending;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Client.Remote.Sockets;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Client.Remote.ConnectorDb03;

/// <summary>A client of a ConnectorDB 0.3 server.</summary>
/// <remarks>The server appends to one stream at a time, all or nothing, knows no summaries, and has ranges and subscriptions of its own.</remarks>
internal sealed partial class ConnectorDb03Client : RemoteClient
{
    /// <summary>Maximum number of datapoints in one request, as in the Python client.</summary>
    private const int MaxCount = 5000;

    private readonly RestConnection _rest;

    public override bool HasOtherRights => true;

    private ConnectorDb03Client(RestConnection rest, RemoteOptions settings, CdbPath identity, string version)
        : base(rest, settings, identity, version) => _rest = rest;

    public static async Task<ConnectorDb03Client> OpenAsync(RestConnection rest, RemoteOptions settings, CdbPath identity, CancellationToken cancellation)
    {
        RestResponse version = await rest.SendAndReadAsync(RestRequest.Get("meta/version", rest.Root), cancellation).ConfigureAwait(false);
        return new ConnectorDb03Client(rest, settings, identity, version.Text);
    }

    public override IAsyncEnumerable<Block> ReadAsync(DataQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryRange.Check(query);
        return ReadConvertedAsync(query, cancellation);
    }

    public override async IAsyncEnumerable<Block> MergeAsync(IReadOnlyList<DataQuery> queries, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(queries);
        IReadOnlyList<DataQuery> converted = await ConnectorDb03Range.FitAsync(queries, this, cancellation).ConfigureAwait(false);
        await foreach (Block block in base.MergeAsync(converted, cancellation).ConfigureAwait(false))
        {
            yield return ZeroTime.Restore(block);
        }
    }

    /// <inheritdoc/>
    /// <remarks>What the server does not compute as we do is computed here, from its streams.</remarks>
    public override async IAsyncEnumerable<Block> DatasetAsync(DatasetQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        DatasetCheck.Check(query);
        IAsyncEnumerable<Block> rows = await ConnectorDb03Dataset.FitAsync(query, this, cancellation).ConfigureAwait(false) is { } fitting
            ? ReceivedRows.CompleteAsync(query, base.DatasetAsync(fitting, cancellation), cancellation)
            : Dataset.ReadAsync(query, new ClientStreams(this), cancellation: cancellation);
        await foreach (Block block in rows.ConfigureAwait(false))
        {
            yield return ZeroTime.Restore(block);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The server returns 0 for times behind the newest datapoint, too.</remarks>
    public override async ValueTask<long> IndexOfTimeAsync(CdbPath stream, double t, CancellationToken cancellation)
    {
        long index = await base.IndexOfTimeAsync(stream, t, cancellation).ConfigureAwait(false);
        return index == 0 && await LastAsync(stream, cancellation).ConfigureAwait(false) is { } last && last.T <= t
            ? await CountAsync(stream, cancellation).ConfigureAwait(false)
            : index;
    }

    public override ValueTask<StreamSummary> SummarizeAsync(DataQuery range, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(range);
        QueryRange.CheckSummary(range);
        return BlockSummary.OfAsync(range.Stream, ReadAsync(range, cancellation));
    }

    /// <inheritdoc/>
    /// <remarks>The server does not summarize, so the datapoints are read and summarized here.</remarks>
    public override async ValueTask<IReadOnlyList<IReadOnlyList<StreamSummary>?>> ChartAsync(IReadOnlyList<ChartQuery> queries, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(queries);
        List<IReadOnlyList<StreamSummary>?> charts = new(queries.Count);
        foreach (ChartQuery query in queries)
        {
            ChartCheck.Check(query);
            try
            {
                charts.Add(await ReceivedChart.OfAsync(query, ReadAsync(query.Range, cancellation), cancellation).ConfigureAwait(false));
            }
            catch (NotFoundException)
            {
                charts.Add(null);
            }
        }

        return charts;
    }

    public override ValueTask RemoveNewestAsync(CdbPath stream, long from, long count, CancellationToken cancellation)
        => throw new NotAvailableException($"The server of '{stream}' is a ConnectorDB 0.3, which cannot remove datapoints of a stream. It can only delete the whole stream.", stream);

    public override IAsyncEnumerable<CdbSession> ListSessionsAsync(CdbPath? user, CancellationToken cancellation) => throw HasNoSessions();

    public override ValueTask RemoveSessionAsync(long id, CancellationToken cancellation) => throw HasNoSessions();

    /// <inheritdoc/>
    /// <remarks>The blocks are stored one after the other: when one fails, those before it are stored.</remarks>
    public override async ValueTask<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<StreamBlock> blocks, AppendOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        ArgumentNullException.ThrowIfNull(options);
        AppendResults results = new(blocks, options);
        for (int i = 0; i < results.Sendable.Count; i++)
        {
            StreamBlock sendable = results.Sendable[i];
            foreach (BlockPart part in AppendRequest.Cut(i, sendable with { Points = ZeroTime.Hide(sendable.Points) }, MaxCount))
            {
                try
                {
                    AppendResult result = await SendAsync(part, options, cancellation).ConfigureAwait(false);
                    results.Add(part, result);
                    if (options.StopsAt(result))
                    {
                        return results.ToArray();
                    }
                }
                catch (CdbException error) when (options.RejectsOnlyBlock(error))
                {
                    results.Add(part, new AppendResult(0, part.Points.Stream) { Error = error });
                    if (options.OnInvalid == OnInvalid.StopAtInvalid)
                    {
                        return results.ToArray();
                    }

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

    private protected override ValueTask<RemoteSubscription> CreateSubscriptionAsync(SocketConnection socket, SubscriptionQuery query, CancellationToken cancellation)
        => ConnectorDb03Subscription.CreateAsync(query, socket, this, Settings, CheckAsync, cancellation);

    /// <summary>Checks a script over a range that is empty: old datapoints need not suit it.</summary>
    private async ValueTask CheckAsync(DataQuery query, CancellationToken cancellation)
    {
        await foreach (Block _ in base.ReadAsync(query with { T1 = double.MaxValue }, cancellation).ConfigureAwait(false))
        {
        }
    }

    private protected override RemoteClient As(RestConnection rest, CdbPath identity) => new ConnectorDb03Client(rest, Settings, identity, Version);

    private async IAsyncEnumerable<Block> ReadConvertedAsync(DataQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await ConnectorDb03Range.FitAsync(query, this, cancellation).ConfigureAwait(false) is not { } converted)
        {
            yield break;
        }

        // The server does not limit ranges by index.
        long left = converted.Limit ?? long.MaxValue;
        await foreach (Block block in base.ReadAsync(converted, cancellation).ConfigureAwait(false))
        {
            yield return ZeroTime.Restore(block.Slice(0, (int)Math.Min(block.Count, left)));
            left -= block.Count;
            if (left <= 0)
            {
                yield break;
            }
        }
    }

    private NotAvailableException HasNoSessions()
        => new($"The server '{Location}' is a ConnectorDB 0.3, which cannot list or end sessions. A new password or key ends them there.", Location);

    private async ValueTask<AppendResult> SendAsync(BlockPart part, AppendOptions options, CancellationToken cancellation)
    {
        ConnectorDb03Insert insert = new(_rest, this, Settings, options);
        try
        {
            return new AppendResult(part.Points.Points.Count, await insert.SendAsync(part.Points, part.Json, cancellation).ConfigureAwait(false));
        }
        catch (CdbException error) when (error is IDatapointFault && (options.OnInvalid != OnInvalid.RejectAll || part.Points.HasArrivalTimes))
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
            return new AppendResult(check.Points.Count, target) { Rejected = [.. check.Rejected] };
        }
    }
}

using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Appending;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Schemas;

namespace ConnectorDb.Core.Client.Remote.ConnectorDb03;

/// <summary>An insert at a ConnectorDB 0.3 server, which has neither idempotency keys nor reasons for rejected datapoints.</summary>
/// <remarks>
/// When the response is lost, the datapoints behind the earlier end of the stream are compared with the sent ones: the server stores an
/// insert as a whole or not at all. It may still be processing the request, so the comparison is repeated until that is impossible.
/// </remarks>
internal sealed class ConnectorDb03Insert(RestConnection rest, ICdbClient client, RemoteOptions settings, AppendOptions options)
{
    /// <summary>Maximum time that the server may still need: it reads a request for 5 seconds, then stores or rejects it.</summary>
    private static readonly TimeSpan s_underWay = TimeSpan.FromSeconds(7);

    /// <param name="json">The datapoints as a JSON array.</param>
    /// <returns>The path that was written.</returns>
    public async ValueTask<CdbPath> SendAsync(StreamBlock block, byte[] json, CancellationToken cancellation)
    {
        CdbPath stream = block.Stream;
        RestRequest request = new(options.Restamp ? HttpMethod.Put : HttpMethod.Post, RestRequest.DataOf(stream, ""), stream) { Body = json };
        CdbPath target = await TargetAsync(stream, cancellation).ConfigureAwait(false);
        for (int failures = 1; ; failures++)
        {
            long before = await client.CountAsync(target, cancellation).ConfigureAwait(false);
            try
            {
                (await rest.SendAndReadAsync(request, cancellation).ConfigureAwait(false)).CheckOk();
                return target;
            }
            catch (StoreException error) when (error.InnerException is { } cause && ConnectionErrors.Is(cause) && !ConnectionErrors.IsBeforeSending(cause))
            {
                if (await IsStoredAsync(target, block.Points, before, cancellation).ConfigureAwait(false))
                {
                    return target;
                }

                if (failures >= settings.Retries.Attempts)
                {
                    throw;
                }
            }
            catch (CdbException error) when (error is InvalidValueException or TimeOrderException)
            {
                await CheckAsync(block, OnInvalid.RejectAll, cancellation).ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Finds the datapoints that the server has rejected.</summary>
    /// <exception cref="SchemaViolationException">A value does not match the schema.</exception>
    /// <exception cref="TimeOrderException">A time is before its predecessor.</exception>
    public async ValueTask<AppendCheck> CheckAsync(StreamBlock block, OnInvalid onInvalid, CancellationToken cancellation)
    {
        CdbPath target = await TargetAsync(block.Stream, cancellation).ConfigureAwait(false);
        CdbStream stream = await client.GetStreamAsync(target.ToStream(), cancellation).ConfigureAwait(false);
        AppendCheck check = AppendCheck.Of(target, block.Points, new SchemaCache().Of(stream.Schema), options with { OnInvalid = onInvalid });
        Datapoint? newest = await client.LastAsync(target, cancellation).ConfigureAwait(false);
        return new TimeAssignment(target, options with { OnInvalid = onInvalid }, block.HasArrivalTimes, settings.Time).Assign(check, newest?.T);
    }

    /// <summary>Data of other devices goes to the downlink of the stream, if it has one.</summary>
    private async ValueTask<CdbPath> TargetAsync(CdbPath stream, CancellationToken cancellation)
        => client.Identity != stream.Parent && !stream.IsDownlink && (await client.GetStreamAsync(stream, cancellation).ConfigureAwait(false)).Downlink
            ? stream.ToDownlink()
            : stream;

    private async ValueTask<bool> IsStoredAsync(CdbPath target, Block points, long before, CancellationToken cancellation)
    {
        long start = settings.Time.GetTimestamp();
        for (int looks = 1; ; looks++)
        {
            bool isOver = settings.Time.GetElapsedTime(start) > s_underWay;
            BlockBuilder behind = new();
            await foreach (Block block in client.ReadAsync(new DataQuery(target) { I1 = before }, cancellation).ConfigureAwait(false))
            {
                behind.Add(block, 0, block.Count);
            }

            if (SentBlockSearch.Find(points, behind.Build()) >= 0)
            {
                return true;
            }

            if (isOver)
            {
                return false;
            }

            await rest.PauseAsync(looks, null, cancellation).ConfigureAwait(false);
        }
    }
}

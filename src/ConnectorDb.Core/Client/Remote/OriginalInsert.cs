using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Engine.Arrivals;
using ConnectorDb.Core.Schemas;

namespace ConnectorDb.Core.Client.Remote;

/// <summary>
/// An insert at an original server, which has no identities for inserts and does not say what is wrong with one. When the answer
/// is lost, what stands behind the length of before is compared with what was sent: an insert is there as a whole or not at
/// all. As the server may still be at work on it, it is looked for until no request can be under way any more.
/// </summary>
internal sealed class OriginalInsert(RestConnection rest, ICdbClient client, RemoteOptions settings)
{
    /// <summary>An original server reads a request for 5 seconds at most; then it stores it or does not.</summary>
    private static readonly TimeSpan s_underWay = TimeSpan.FromSeconds(7);

    /// <returns>The path that was written.</returns>
    public async ValueTask<CdbPath> SendAsync(RestRequest request, CdbPath stream, Block points, bool restamp, CancellationToken cancellation)
    {
        CdbPath target = client.Identity == stream.Parent || stream.IsDownlink ? stream : await TargetAsync(stream, cancellation).ConfigureAwait(false);
        for (int failures = 1; ; failures++)
        {
            long before = await client.CountAsync(target, cancellation).ConfigureAwait(false);
            try
            {
                await rest.AskAsync(request, cancellation).ConfigureAwait(false);
                return target;
            }
            catch (StoreException error) when (error.InnerException is { } cause && Unreached.Is(cause) && !Unreached.IsBeforeSending(cause))
            {
                if (await HasLandedAsync(target, points, before, cancellation).ConfigureAwait(false))
                {
                    return target;
                }

                if (failures >= settings.Retries.Attempts)
                {
                    throw;
                }
            }
            catch (InvalidValueException)
            {
                await ExplainAsync(target, points, restamp, cancellation).ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>What others than the owner write goes to the downlink, where there is one.</summary>
    private async ValueTask<CdbPath> TargetAsync(CdbPath stream, CancellationToken cancellation)
        => (await client.GetStreamAsync(stream, cancellation).ConfigureAwait(false)).Downlink ? stream.ToDownlink() : stream;

    private async ValueTask<bool> HasLandedAsync(CdbPath target, Block points, long before, CancellationToken cancellation)
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

            if (LandedRun.Find(points, behind.Build()) >= 0)
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

    /// <summary>Finds out here what is wrong with the datapoints; returns when it is something else.</summary>
    /// <exception cref="SchemaViolationException">A value does not obey the schema.</exception>
    /// <exception cref="TimeOrderException">A time goes back.</exception>
    private async ValueTask ExplainAsync(CdbPath target, Block points, bool restamp, CancellationToken cancellation)
    {
        CdbStream stream = await client.GetStreamAsync(target.ToStream(), cancellation).ConfigureAwait(false);
        new SchemaCache().Of(stream.Schema).Check(target, points);
        Datapoint? newest = await client.LastAsync(target, cancellation).ConfigureAwait(false);
        new Arrival(target, points, restamp, settings.Time).Fit(newest?.T);
    }
}

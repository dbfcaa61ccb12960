using System.Runtime.CompilerServices;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Protocol.Queries;

namespace ConnectorDb.Core.Client.Remote;

/// <summary>
/// Reads a range of a stream. A stream only grows at its end, so a broken answer goes on by index where it broke; not
/// through a transform, whose results have no index, nor from an index that was counted from an end that moves.
/// </summary>
internal sealed class StreamDownload(RestConnection rest, ICdbClient client, RetryPolicy retries, bool isOriginal)
{
    public async IAsyncEnumerable<Block> ReadAsync(DataQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (isOriginal && (await OriginalRange.FitAsync(query, client, cancellation).ConfigureAwait(false)) is var fitting)
        {
            if (fitting is null)
            {
                yield break;
            }

            query = fitting;
        }

        bool isCountedFromStart = query.I1 is not < 0 && query.I2 is not < 0;
        bool canGoOn = string.IsNullOrEmpty(query.Transform) && isCountedFromStart;
        Download download = new(rest, retries);

        // An original server does not limit what is read by index.
        long left = isOriginal && query.Limit is { } limit ? limit : long.MaxValue;
        await foreach (Block block in download.ReadAsync(Request(query), cancellation, canGoOn ? RestAsync : null).ConfigureAwait(false))
        {
            yield return block.Slice(0, (int)Math.Min(block.Count, left));
            left -= block.Count;
            if (left <= 0)
            {
                yield break;
            }
        }

        async ValueTask<RestRequest> RestAsync(long delivered, CancellationToken stop)
        {
            long first = query.T1 is { } t1 ? await client.IndexOfTimeAsync(query.Stream, t1, stop).ConfigureAwait(false) : query.I1 ?? 0;
            long? last = query.T2 is { } t2 ? await client.IndexOfTimeAsync(query.Stream, t2, stop).ConfigureAwait(false) : query.I2;
            return Request(query with { I1 = first + delivered, I2 = last, T1 = null, T2 = null, Limit = query.Limit - delivered });
        }
    }

    private static RestRequest Request(DataQuery query)
        => RestRequest.Get(RestRequest.DataOf(query.Stream, DataQueryParameters.Write(query)), query.Stream);
}

using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Protocol.Queries;

namespace ConnectorDb.Core.Client.Remote;

/// <summary>Reads a range of a stream, and resumes by index when the connection breaks.</summary>
/// <remarks>
/// A stream only grows at its end, so indices from its start stay valid. Results of a transform have no index, and indices from the end
/// move with it: such ranges are not resumed.
/// </remarks>
internal sealed class StreamDownload(RestConnection rest, ICdbClient client, RetryPolicy retries)
{
    public IAsyncEnumerable<Block> ReadAsync(DataQuery query, CancellationToken cancellation)
    {
        bool isCountedFromStart = query.I1 is not < 0 && query.I2 is not < 0;
        bool canResume = string.IsNullOrEmpty(query.Transform) && isCountedFromStart;
        return new Download(rest, retries).ReadAsync(Request(query), cancellation, canResume ? RemainderAsync : null);

        async ValueTask<RestRequest> RemainderAsync(long delivered, CancellationToken stop)
        {
            long first = query.T1 is { } t1 ? await client.IndexOfTimeAsync(query.Stream, t1, stop).ConfigureAwait(false) : query.I1 ?? 0;
            long? last = query.T2 is { } t2 ? await client.IndexOfTimeAsync(query.Stream, t2, stop).ConfigureAwait(false) : query.I2;
            return Request(query with { I1 = first + delivered, I2 = last, T1 = null, T2 = null, Limit = query.Limit - delivered });
        }
    }

    private static RestRequest Request(DataQuery query)
        => RestRequest.Get(RestRequest.DataOf(query.Stream, DataQueryParameters.Write(query)), query.Stream) with { Script = query.Transform ?? "" };
}

using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Protocol.Queries;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/query/merge</c>, <c>/query/dataset</c>, <c>/query/ends</c> and <c>/query/chart</c>: several streams in one response.</summary>
internal static class QueryEndpoints
{
    public static void MapQueries(this IEndpointRouteBuilder api)
    {
        // They change nothing, and read only what the caller may see.
        AnonymousBody ofReaders = new(CheckPublicReading);
        api.MapPost("/query/merge", MergeAsync).WithMetadata(ofReaders);
        api.MapPost("/query/dataset", DatasetAsync).WithMetadata(ofReaders);
        api.MapPost("/query/ends", EndsAsync).WithMetadata(ofReaders);
        api.MapPost("/query/chart", ChartAsync).WithMetadata(ofReaders);
    }

    private static void CheckPublicReading(HttpContext context)
    {
        if (context.Caller().Login != Login.PublicReader)
        {
            throw AnonymousBody.Refused();
        }
    }

    private static async Task MergeAsync(HttpContext context)
    {
        IReadOnlyList<DataQuery> queries = DataQueryJson.ReadAll(await RequestBody.ReadArrayAsync(context));
        bool areNamed = context.Flag("streams");
        await context.WriteDatapointsAsync(ended => Merge(context.Client().MergeAsync(queries, ended)), areNamed);

        IAsyncEnumerable<Block> Merge(IAsyncEnumerable<Block> merged) => areNamed ? merged : WithoutStreamsAsync(merged);
    }

    // Old clients compare datapoints member by member and do not expect the member "stream".
    private static async IAsyncEnumerable<Block> WithoutStreamsAsync(IAsyncEnumerable<Block> blocks)
    {
        await foreach (Block block in blocks)
        {
            yield return block.Streams is null ? block : new Block(block.Times, block.Values, block.Origins);
        }
    }

    private static async Task EndsAsync(HttpContext context)
    {
        CdbPath[] streams = StreamEndJson.ReadPaths(await RequestBody.ReadArrayAsync(context));
        IReadOnlyList<StreamEnd?> ends = await context.Client().GetEndsAsync(streams, context.RequestAborted);
        await context.WriteListAsync(ends, StreamEndJson.Write);
    }

    private static async Task ChartAsync(HttpContext context)
    {
        ChartQuery[] queries = ChartQueryJson.ReadAll(await RequestBody.ReadArrayAsync(context));
        IReadOnlyList<IReadOnlyList<StreamSummary>?> charts = await RunningQuery.ResultAsync(context, ended => context.Client().ChartAsync(queries, ended));
        await context.WriteTaggedJsonAsync(writer => JsonResponses.WriteList(writer, charts, ChartJson.Write));
    }

    private static async Task DatasetAsync(HttpContext context)
    {
        DatasetQuery query = DatasetQueryJson.Read(await RequestBody.ReadFieldsAsync(context));
        await context.WriteDatapointsAsync(ended => context.Client().DatasetAsync(query, ended));
    }
}

using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Protocol.Queries;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/query/merge</c>, <c>/query/dataset</c> and <c>/query/ends</c>: several streams in one response.</summary>
internal static class QueryEndpoints
{
    public static void MapQueries(this IEndpointRouteBuilder api)
    {
        api.MapPost("/query/merge", MergeAsync);
        api.MapPost("/query/dataset", DatasetAsync);
        api.MapPost("/query/ends", EndsAsync);
    }

    private static async Task MergeAsync(HttpContext context)
    {
        IReadOnlyList<DataQuery> queries = DataQueryJson.ReadAll(await RequestBody.ReadArrayAsync(context));
        IAsyncEnumerable<Block> merged = context.Client().MergeAsync(queries, context.RequestAborted);
        bool areNamed = context.Flag("streams");
        await context.WriteDatapointsAsync(areNamed ? merged : WithoutStreamsAsync(merged), areNamed);
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

    private static async Task DatasetAsync(HttpContext context)
    {
        DatasetQuery query = DatasetQueryJson.Read(await RequestBody.ReadFieldsAsync(context));
        await context.WriteDatapointsAsync(context.Client().DatasetAsync(query, context.RequestAborted));
    }
}

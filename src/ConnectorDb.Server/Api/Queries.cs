using ConnectorDb.Core.Protocol.Queries;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/query/merge</c> and <c>/query/dataset</c>: several streams in one answer.</summary>
internal static class Queries
{
    public static void MapQueries(this IEndpointRouteBuilder api)
    {
        api.MapPost("/query/merge", MergeAsync);
        api.MapPost("/query/dataset", DatasetAsync);
    }

    private static async Task MergeAsync(HttpContext context)
    {
        IReadOnlyList<DataQuery> queries = DataQueryJson.ReadAll(await Body.ReadArrayAsync(context));
        await context.WriteDatapointsAsync(context.Client().MergeAsync(queries, context.RequestAborted), areMerged: true);
    }

    private static async Task DatasetAsync(HttpContext context)
    {
        DatasetQuery query = DatasetQueryJson.Read(await Body.ReadFieldsAsync(context));
        await context.WriteDatapointsAsync(context.Client().DatasetAsync(query, context.RequestAborted));
    }
}

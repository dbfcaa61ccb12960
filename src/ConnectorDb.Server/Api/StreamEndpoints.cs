using ConnectorDb.Core.Protocol.Tree;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/crud/U/D/S</c>: streams. DELETE with <c>?downlink=true</c> deletes only the downlink.</summary>
internal static class StreamEndpoints
{
    private const string Route = "/crud/{user}/{device}/{stream}";

    public static void MapStreams(this IEndpointRouteBuilder api)
    {
        api.MapRead(Route, GetAsync);
        api.MapPost(Route, CreateAsync);
        api.MapPut(Route, UpdateAsync);
        api.MapDelete(Route, UserEndpoints.DeleteAsync);
    }

    private static async Task GetAsync(HttpContext context)
    {
        if (context.Command().Length > 0)
        {
            throw context.Unrecognized();
        }

        CdbStream stream = await context.Client().GetStreamAsync(context.Path(), context.RequestAborted);
        await context.WriteJsonAsync(writer => StreamJson.Write(writer, stream));
    }

    private static async Task CreateAsync(HttpContext context)
    {
        StreamDefinition definition = StreamDefinitionJson.ReadNew(await RequestBody.ReadOptionalFieldsAsync(context));
        CdbStream stream = await context.Client().CreateStreamAsync(context.Path(), definition, context.RequestAborted);
        await context.WriteJsonAsync(writer => StreamJson.Write(writer, stream));
    }

    private static async Task UpdateAsync(HttpContext context)
    {
        CdbPath path = context.Path();
        StreamDefinition changes = StreamDefinitionJson.ReadChanges(await RequestBody.ReadFieldsAsync(context), path);
        CdbStream stream = await context.Client().UpdateStreamAsync(path, changes, context.RequestAborted);
        await context.WriteJsonAsync(writer => StreamJson.Write(writer, stream));
    }
}

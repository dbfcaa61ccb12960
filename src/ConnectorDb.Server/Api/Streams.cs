using ConnectorDb.Core.Protocol.Tree;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/crud/U/D/S</c>: streams. Of a stream with <c>?downlink=true</c>, only the downlink is deleted.</summary>
internal static class Streams
{
    private const string Route = "/crud/{user}/{device}/{stream}";

    public static void MapStreams(this IEndpointRouteBuilder api)
    {
        api.MapGet(Route, GetAsync);
        api.MapPost(Route, CreateAsync);
        api.MapPut(Route, UpdateAsync);
        api.MapDelete(Route, Users.DeleteAsync);
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
        StreamDefinition definition = StreamDefinitionJson.ReadNew(await Body.ReadOptionalFieldsAsync(context));
        CdbStream stream = await context.Client().CreateStreamAsync(context.Path(), definition, context.RequestAborted);
        await context.WriteJsonAsync(writer => StreamJson.Write(writer, stream));
    }

    private static async Task UpdateAsync(HttpContext context)
    {
        CdbPath path = context.Path();
        StreamDefinition changes = StreamDefinitionJson.ReadChanges(await Body.ReadFieldsAsync(context), path);
        CdbStream stream = await context.Client().UpdateStreamAsync(path, changes, context.RequestAborted);
        await context.WriteJsonAsync(writer => StreamJson.Write(writer, stream));
    }
}

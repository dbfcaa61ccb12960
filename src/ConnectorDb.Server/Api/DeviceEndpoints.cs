using ConnectorDb.Core.Protocol.Tree;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/crud/U/D</c>: devices and their streams.</summary>
internal static class DeviceEndpoints
{
    private const string Route = "/crud/{user}/{device}";

    public static void MapDevices(this IEndpointRouteBuilder api)
    {
        api.MapRead(Route, GetAsync);
        api.MapPost(Route, CreateAsync);
        api.MapPut(Route, UpdateAsync);
        api.MapDelete(Route, UserEndpoints.DeleteAsync);
    }

    private static async Task GetAsync(HttpContext context)
    {
        switch (context.Command())
        {
            case "":
                CdbDevice device = await context.Client().GetDeviceAsync(context.Path(), context.RequestAborted);
                await context.WriteJsonAsync(writer => DeviceJson.Write(writer, device));
                break;
            case "ls" or "streams":
                await context.WritePageAsync((after, ended) => context.Client().ListStreamsAsync(context.Path(), after?.Stream ?? "", ended), (writer, stream) => StreamJson.Write(writer, stream));
                break;
            default:
                throw context.Unrecognized("ls", "streams");
        }
    }

    private static async Task CreateAsync(HttpContext context)
    {
        DeviceDefinition definition = DeviceDefinitionJson.ReadNew(await RequestBody.ReadOptionalFieldsAsync(context));
        CdbDevice device = await context.Client().CreateDeviceAsync(context.Path(), definition, context.RequestAborted);
        await context.WriteJsonAsync(writer => DeviceJson.Write(writer, device));
    }

    private static async Task UpdateAsync(HttpContext context)
    {
        CdbPath path = context.Path();
        DeviceDefinition changes = DeviceDefinitionJson.ReadChanges(await RequestBody.ReadFieldsAsync(context), path);
        CdbDevice device = await context.Client().UpdateDeviceAsync(path, changes, context.RequestAborted);
        await context.WriteJsonAsync(writer => DeviceJson.Write(writer, device));
    }
}

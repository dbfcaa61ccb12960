using ConnectorDb.Core.Protocol.Tree;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/crud/U</c>: users, their devices and streams.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        api.MapRead("/crud", ListAsync);
        api.MapRead("/crud/{user}", GetAsync);
        api.MapPost("/crud/{user}", CreateAsync);
        api.MapPut("/crud/{user}", UpdateAsync);
        api.MapDelete("/crud/{user}", DeleteAsync);
    }

    /// <summary>Deletes the user, device or stream of the route.</summary>
    public static async Task DeleteAsync(HttpContext context)
    {
        await context.Client().DeleteAsync(context.Path(), context.RequestAborted);
        await context.WriteOkAsync();
    }

    private static async Task ListAsync(HttpContext context)
    {
        switch (context.Command())
        {
            case "ls":
                await context.WritePageAsync((after, ended) => context.Client().ListUsersAsync(after?.User ?? "", ended), UserJson.Write);
                break;
            case "find":
                await StreamSearch.AnswerAsync(context);
                break;
            default:
                throw context.Unrecognized("ls", "find");
        }
    }

    private static async Task GetAsync(HttpContext context)
    {
        switch (context.Command())
        {
            case "":
                CdbUser user = await context.Client().GetUserAsync(context.Path(), context.RequestAborted);
                await context.WriteJsonAsync(writer => UserJson.Write(writer, user));
                break;
            case "ls" or "devices":
                await context.WritePageAsync((after, ended) => context.Client().ListDevicesAsync(context.Path(), after?.Device ?? "", ended), DeviceJson.Write);
                break;
            case "streams":
                await context.WritePageAsync((after, ended) => StreamsAsync(context, after, ended), (writer, stream) => StreamJson.Write(writer, stream, withDevice: true));
                break;
            default:
                throw context.Unrecognized("ls", "devices", "streams");
        }
    }

    /// <summary>The streams of all devices, filtered by the parameters <c>public</c>, <c>downlink</c> and <c>visible</c>. A filter is on when its value is <c>true</c>.</summary>
    private static IAsyncEnumerable<CdbStream> StreamsAsync(HttpContext context, CdbPath? after, CancellationToken ended)
    {
        (bool mustBePublic, bool mustBeDownlink, bool mustBeVisible) = (context.Flag("public"), context.Flag("downlink"), context.Flag("visible"));
        IAsyncEnumerable<CdbDevice> devices = context.Client().ListDevicesAsync(context.Path(), ended)
            .Where(device => (device.Public || !mustBePublic) && (device.Visible || !mustBeVisible));
        return context.StreamsAsync(devices.Select(device => device.GetPath()), after, ended).Where(stream => stream.Downlink || !mustBeDownlink);
    }

    private static async Task CreateAsync(HttpContext context)
    {
        CdbPath path = context.Path();
        UserDefinition definition = UserDefinitionJson.ReadNew(await RequestBody.ReadFieldsAsync(context));
        if (string.IsNullOrEmpty(definition.Email))
        {
            throw new InvalidValueException($"Invalid Email Address: the user '{path}' needs one.", path);
        }

        if (string.IsNullOrEmpty(definition.Password))
        {
            throw new InvalidValueException($"The user '{path}' needs a password.", path);
        }

        CdbUser user = await context.Client().CreateUserAsync(path, definition, context.RequestAborted);
        await context.WriteJsonAsync(writer => UserJson.Write(writer, user));
    }

    private static async Task UpdateAsync(HttpContext context)
    {
        CdbPath path = context.Path();
        UserDefinition changes = UserDefinitionJson.ReadChanges(await RequestBody.ReadFieldsAsync(context), path);
        CdbUser user = await (changes.OldPassword is null
            ? ChangeAsync()
            : context.RequestServices.GetRequiredService<Authentication>().CheckPasswordAsync(context, path.User, ChangeAsync));
        await context.WriteJsonAsync(writer => UserJson.Write(writer, user));

        ValueTask<CdbUser> ChangeAsync() => context.Client().UpdateUserAsync(path, changes, context.RequestAborted);
    }
}

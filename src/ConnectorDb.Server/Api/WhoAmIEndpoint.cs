using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/api/v1/?q=</c>: the device of the caller, and the numbers of users, devices and streams.</summary>
internal static class WhoAmIEndpoint
{
    public static void MapWhoAmI(this IEndpointRouteBuilder api) => api.MapRead("/", GetAsync);

    private static Task GetAsync(HttpContext context) => context.Command() switch
    {
        "this" => WhoAmIAsync(context),
        "countusers" => CountAsync(context, info => info.Users, "users"),
        "countdevices" => CountAsync(context, info => info.Devices, "devices"),
        "countstreams" => CountAsync(context, info => info.Streams, "streams"),
        _ => throw context.Unrecognized("this", "countusers", "countdevices", "countstreams"),
    };

    private static async Task WhoAmIAsync(HttpContext context)
    {
        Caller caller = context.Caller();
        await caller.Client.PingAsync(context.RequestAborted);
        await context.WriteTextAsync(caller.Client.Identity.ToString());
    }

    private static async Task CountAsync(HttpContext context, Func<CdbInfo, long?> count, string kind)
    {
        CdbInfo info = await context.Client().GetInfoAsync(context.RequestAborted);
        long number = count(info) ?? throw new PermissionDeniedException($"Don't have permissions necessary to count {kind}", null);
        await context.WriteNumberAsync(number);
    }
}

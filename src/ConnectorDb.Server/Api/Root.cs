using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/api/v1/?q=</c>: who one is, and how much there is.</summary>
internal static class Root
{
    public static void MapRoot(this IEndpointRouteBuilder api) => api.MapGet("/", GetAsync);

    private static Task GetAsync(HttpContext context) => context.Command() switch
    {
        "this" => SayWhoAsync(context),
        "countusers" => CountAsync(context, info => info.Users, "users"),
        "countdevices" => CountAsync(context, info => info.Devices, "devices"),
        "countstreams" => CountAsync(context, info => info.Streams, "streams"),
        _ => throw context.Unrecognized(),
    };

    private static async Task SayWhoAsync(HttpContext context)
    {
        Caller caller = context.Caller();
        await caller.Client.PingAsync(context.RequestAborted);
        await context.WriteTextAsync(caller.Client.Identity.ToString());
    }

    private static async Task CountAsync(HttpContext context, Func<CdbInfo, long?> count, string what)
    {
        CdbInfo info = await context.Client().GetInfoAsync(context.RequestAborted);
        long number = count(info) ?? throw new PermissionDeniedException($"Don't have permissions necessary to count {what}", null);
        await context.WriteNumberAsync(number);
    }
}

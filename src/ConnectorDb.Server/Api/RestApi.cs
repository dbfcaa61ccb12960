using ConnectorDb.Core.Engine;
using ConnectorDb.Server.Security;
using ConnectorDb.Server.Sockets;

namespace ConnectorDb.Server.Api;

/// <summary>The REST interface, version 1: its routes, each group in a file of its own.</summary>
internal static class RestApi
{
    public const string Root = "/api/v1";

    /// <summary>The version of the original server whose interface this is; old clients ask for it.</summary>
    public const string OriginalVersion = "0.3.0";

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapGroup(Root);
        api.MapRoot();
        api.MapSessions();
        api.MapMeta();
        api.MapUsers();
        api.MapDevices();
        api.MapStreams();
        api.MapData();
        api.MapAppending();
        api.MapQueries();
        api.MapFeed();
        api.MapSockets();
        api.MapOpenApi();
        routes.MapFallback(NoSuchPath).WithMetadata(OpenToAll.Mark);
    }

    private static Task NoSuchPath(HttpContext context)
        => throw new UnknownPathException($"This path is not recognized. The interface lies below {Root}; {Root}/openapi.json describes it.");
}

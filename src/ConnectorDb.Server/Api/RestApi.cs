namespace ConnectorDb.Server.Api;

/// <summary>The routes of the REST API, version 1.</summary>
internal static class RestApi
{
    public const string Root = "/api/v1";

    /// <summary>The version of ConnectorDB whose API this is; old clients ask for it.</summary>
    public const string CompatibleVersion = "0.3.0";

    /// <summary>Maps the API and returns its group of routes.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapGroup(Root);
        api.MapWhoAmI();
        api.MapSessions();
        api.MapCatalog();
        api.MapUsers();
        api.MapDevices();
        api.MapStreams();
        api.MapData();
        api.MapAppend();
        api.MapQueries();
        api.MapFeed();
        api.MapOpenApi();
        return api;
    }
}

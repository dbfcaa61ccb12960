namespace ConnectorDb.Server.Api;

/// <summary><c>/openapi.json</c>: the OpenAPI 3.1 description of the API. A test fails when it lacks a route.</summary>
internal static class OpenApiEndpoint
{
    public const string Address = RestApi.Root + "/" + Resource;

    private const string Resource = "openapi.json";

    public static void MapOpenApi(this IEndpointRouteBuilder api) => api.MapRead("/" + Resource, GetAsync).AllowAnonymous();

    private static async Task GetAsync(HttpContext context)
    {
        await using Stream description = typeof(OpenApiEndpoint).Assembly.GetManifestResourceStream(Resource)!;
        context.Response.ContentType = JsonResponses.Json;
        context.Response.ContentLength = description.Length;
        await description.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}

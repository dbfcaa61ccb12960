using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/openapi.json</c>: the interface, described by OpenAPI 3.1. A route that it does not tell of fails a test.</summary>
internal static class OpenApi
{
    private const string Resource = "openapi.json";

    public static void MapOpenApi(this IEndpointRouteBuilder api) => api.MapGet("/" + Resource, GetAsync).WithMetadata(OpenToAll.Mark);

    private static async Task GetAsync(HttpContext context)
    {
        await using Stream description = typeof(OpenApi).Assembly.GetManifestResourceStream(Resource)!;
        context.Response.ContentType = Answers.Json;
        context.Response.ContentLength = description.Length;
        await description.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}

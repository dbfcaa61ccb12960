using ConnectorDb.Core.Engine;
using ConnectorDb.Server.Api;
using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Web;

/// <summary><c>/</c>: the page for browsers; for programs, which server this is and where its API is. Both without login.</summary>
internal static class HomeEndpoint
{
    private const string Health = "/health";

    public static void MapHome(this IEndpointRouteBuilder routes)
    {
        bool hasPage = !routes.ServiceProvider.GetRequiredService<ServerOptions>().NoWeb;
        routes.MapRead("/", context => GetAsync(context, hasPage)).AllowAnonymous();
        if (hasPage)
        {
            routes.MapPage();
        }
    }

    private static Task GetAsync(HttpContext context, bool hasPage)
    {
        context.Response.Headers.Vary = "Accept";
        return hasPage && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? PageEndpoints.WritePageAsync(context)
            : context.WriteJsonAsync(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("name", "ConnectorDb");
                writer.WriteString("version", CdbEngine.Version);
                writer.WriteString("api", RestApi.Root);
                writer.WriteString("description", OpenApiEndpoint.Address);
                writer.WriteString("health", Health);
                writer.WriteString("login", "Send 'Authorization: Bearer KEY' with the API key of a device.");
                writer.WriteEndObject();
            });
    }
}

using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Server.Api;

/// <summary><c>/health</c>: answers when the store does. Some monitors send HEAD.</summary>
internal static class HealthEndpoint
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
        => routes.MapRead("/health", GetAsync).AllowAnonymous();

    private static Task GetAsync(HttpContext context)
    {
        context.RequestServices.GetRequiredService<CdbEngine>().Ping(Login.Nobody, context.RequestAborted);
        return context.WriteTextAsync("Healthy");
    }
}

using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Server.Api;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Monitoring;

/// <summary><c>/health</c>: whether the store answers. Some monitors ask for the head only.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
        => routes.MapMethods("/health", [HttpMethods.Get, HttpMethods.Head], GetAsync).WithMetadata(OpenToAll.Mark);

    private static Task GetAsync(HttpContext context)
    {
        context.RequestServices.GetRequiredService<CdbEngine>().Ping(Login.Nobody, context.RequestAborted);
        return context.WriteTextAsync("Healthy");
    }
}

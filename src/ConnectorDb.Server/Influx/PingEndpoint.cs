using ConnectorDb.Server.Api;

namespace ConnectorDb.Server.Influx;

/// <summary><c>/ping</c>, by which clients of InfluxDB test the connection. With <c>verbose=true</c> some accept only 200.</summary>
internal static class PingEndpoint
{
    public static void MapPing(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/ping", AnswerAsync).WithMetadata(Security.InfluxCredentials.Mark).AllowAnonymous();
        routes.MapOtherMethods("/ping", "GET, HEAD, OPTIONS");
    }

    private static Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Query["verbose"] != "true")
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            context.Response.ContentType = ResultFormat.Json;
            return Task.CompletedTask;
        }

        context.Response.ContentType = ResultFormat.Json;
        return context.Response.WriteAsync($"{{\"version\":\"{InfluxVersion.Number}\"}}\n", context.RequestAborted);
    }
}

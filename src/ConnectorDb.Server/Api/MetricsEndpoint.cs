using ConnectorDb.Server.Metrics;
using ConnectorDb.Server.Options;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/metrics</c>: the metrics of the server for Prometheus. Names of poll items are for administrators, unless a setting shows them to all.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapRead("/metrics", GetAsync);

    private static async Task GetAsync(HttpContext context)
    {
        bool withNames = context.RequestServices.GetRequiredService<ServerOptions>().ItemMetrics || await IsAdminAsync(context);
        context.Response.ContentType = PrometheusText.ContentType;
        await context.Response.WriteAsync(context.RequestServices.GetRequiredService<MetricsCollector>().Scrape(withNames), context.RequestAborted);
    }

    private static async ValueTask<bool> IsAdminAsync(HttpContext context)
        => !context.Caller().IsAnonymous && (await context.Client().GetInfoAsync(context.RequestAborted)).Users is not null;
}

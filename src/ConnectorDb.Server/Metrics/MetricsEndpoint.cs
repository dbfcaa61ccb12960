namespace ConnectorDb.Server.Metrics;

/// <summary><c>/metrics</c>: the metrics of the server for Prometheus.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/metrics", GetAsync).AllowAnonymous();

    private static Task GetAsync(HttpContext context)
    {
        context.Response.ContentType = PrometheusText.ContentType;
        return context.Response.WriteAsync(context.RequestServices.GetRequiredService<MetricsCollector>().Scrape(), context.RequestAborted);
    }
}

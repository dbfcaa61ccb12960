using System.Diagnostics;
using ConnectorDb.Server.Hosting;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Monitoring;

/// <summary><c>/metrics</c>: the counts, for Prometheus.</summary>
internal static class Metrics
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/metrics", GetAsync).WithMetadata(OpenToAll.Mark);

    private static Task GetAsync(HttpContext context)
    {
        IServiceProvider services = context.RequestServices;
        ExpositionText text = new();
        AddRequests(text, services.GetRequiredService<Meters>());
        PollMetricsText.AddTo(text, services.GetService<PollingService>()?.Poller);
        AddProcess(text);
        context.Response.ContentType = ExpositionText.ContentType;
        return context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    private static void AddRequests(ExpositionText text, Meters meters)
    {
        text.Histogram(
            "http_request_duration_seconds",
            "How long requests took, by route and status.",
            meters.Requests.OrderBy(request => request.Key).Select(request => (ExpositionText.Labels(("method", request.Key.Method), ("route", request.Key.Route), ("status", $"{request.Key.Status}")), request.Value)));
        text.Add("datapoints_inserted_total", "Datapoints written by clients.", meters.Datapoints);
        text.Add("logins_failed_total", "Logins that failed.", meters.FailedLogins);
        text.Add("websockets", "Websockets that are open.", meters.Sockets);
        text.Add("subscriptions", "Subscriptions over websockets.", meters.Subscriptions);
    }

    private static void AddProcess(ExpositionText text)
    {
        using Process process = Process.GetCurrentProcess();
        text.Add("process_cpu_seconds_total", "Processor time used.", process.TotalProcessorTime.TotalSeconds);
        text.Add("process_memory_bytes", "Memory of the process in RAM.", process.WorkingSet64);
        text.Add("process_heap_bytes", "Memory in use by objects.", GC.GetTotalMemory(forceFullCollection: false));
        text.Add("process_threads", "Threads of the pool.", ThreadPool.ThreadCount);
    }
}

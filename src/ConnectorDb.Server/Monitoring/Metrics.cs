using System.Diagnostics;
using System.Globalization;
using System.Text;
using ConnectorDb.Polling;
using ConnectorDb.Server.Hosting;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Monitoring;

/// <summary><c>/metrics</c>: the counts, in the text format of Prometheus, version 0.0.4.</summary>
internal static class Metrics
{
    private const string Prefix = "connectordb_";

    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/metrics", GetAsync).WithMetadata(OpenToAll.Mark);

    private static Task GetAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(Text(context.RequestServices.GetRequiredService<Meters>(), context.RequestServices.GetService<PollingService>()), context.RequestAborted);
    }

    private static string Text(Meters meters, PollingService? polling)
    {
        StringBuilder text = new();
        AddRequests(text, meters);
        Add(text, "datapoints_inserted_total", "counter", "Datapoints written by clients.", meters.Datapoints);
        Add(text, "logins_failed_total", "counter", "Logins that failed.", meters.FailedLogins);
        Add(text, "websockets", "gauge", "Websockets that are open.", meters.Sockets);
        Add(text, "subscriptions", "gauge", "Subscriptions over websockets.", meters.Subscriptions);
        AddPolling(text, polling?.Poller.GetStatus());
        using Process process = Process.GetCurrentProcess();
        Add(text, "process_cpu_seconds_total", "counter", "Processor time used.", process.TotalProcessorTime.TotalSeconds);
        Add(text, "process_memory_bytes", "gauge", "Memory of the process in RAM.", process.WorkingSet64);
        Add(text, "process_heap_bytes", "gauge", "Memory in use by objects.", GC.GetTotalMemory(forceFullCollection: false));
        Add(text, "process_threads", "gauge", "Threads of the pool.", ThreadPool.ThreadCount);
        return text.ToString();
    }

    private static void AddPolling(StringBuilder text, PollerStatus? status)
    {
        if (status is null)
        {
            return;
        }

        Add(text, "poll_items", "gauge", "Items that are polled.", status.Items);
        Add(text, "poll_values_total", "counter", "Values that were measured.", status.Values);
        Add(text, "poll_errors_total", "counter", "Measurements without a value.", status.Errors);
        Add(text, "poll_missed_total", "counter", "Due times at which an item was not measured.", status.Missed);
        Add(text, "poll_waiting", "gauge", "Items that are due and wait for their turn.", status.Waiting);
        Add(text, "poll_hung", "gauge", "Items whose measurement does not end.", status.Hung);
        Add(text, "poll_lag_seconds", "gauge", "Within which 99 of 100 of the last measurements began.", status.Lag99.TotalSeconds);
        Add(text, "poll_unwritten", "gauge", "Values that the logger has not taken yet.", status.Unwritten);
    }

    private static void AddRequests(StringBuilder text, Meters meters)
    {
        string name = $"{Prefix}http_request_duration_seconds";
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} How long requests took, by route and status.\n# TYPE {name} histogram\n");
        foreach (((string method, string route, int status), RequestMeter meter) in meters.Requests.OrderBy(request => request.Key))
        {
            string labels = string.Create(CultureInfo.InvariantCulture, $"method=\"{Escaped(method)}\",route=\"{Escaped(route)}\",status=\"{status}\"");
            long[] counts = meter.Cumulated();
            for (int i = 0; i < RequestMeter.Bounds.Count; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels},le=\"{RequestMeter.Bounds[i]}\"}} {counts[i]}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels},le=\"+Inf\"}} {counts[^1]}\n{name}_sum{{{labels}}} {meter.Sum}\n{name}_count{{{labels}}} {counts[^1]}\n");
        }
    }

    private static void Add(StringBuilder text, string name, string type, string help, double value)
        => text.Append(CultureInfo.InvariantCulture, $"# HELP {Prefix}{name} {help}\n# TYPE {Prefix}{name} {type}\n{Prefix}{name} {value}\n");

    private static string Escaped(string label)
        => label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}

using ConnectorDb.Contracts;
using ConnectorDb.Server.Metrics;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/metrics/streams?label=room=*</c>: the newest values of the streams that the caller may read, for Prometheus.</summary>
internal static class StreamMetricsEndpoint
{
    private const int MostStreams = 20_000;

    public static void MapStreamMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/metrics/streams", GetAsync);

    private static async Task GetAsync(HttpContext context)
    {
        string text = await RunningQuery.ResultAsync(context, ended => WriteAsync(context, ended));
        context.Response.ContentType = PrometheusText.ContentType;
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    /// <exception cref="InvalidRangeException">There are too many streams.</exception>
    private static async ValueTask<string> WriteAsync(HttpContext context, CancellationToken ended)
    {
        List<CdbStream> streams = [];
        await foreach (CdbStream stream in StreamSearch.StreamsAsync(context, StreamSearch.LabelsOf(context), null, ended))
        {
            if (streams.Count == MostStreams)
            {
                throw new InvalidRangeException($"There are more than {MostStreams} streams. Select some by their labels: /metrics/streams?label=room=*", null);
            }

            streams.Add(stream);
        }

        IReadOnlyList<StreamEnd?> ends = streams.Count == 0 ? [] : await context.Client().GetEndsAsync([.. streams.Select(stream => stream.GetPath())], ended);
        return StreamMetrics.Write(from pair in streams.Zip(ends)
                                   let newest = pair.Second?.Last
                                   where newest is not null
                                   select (pair.First, newest));
    }
}

using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Server.Metrics;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/metrics/streams?label=room=*</c>: the newest values of the streams that the caller may read, for Prometheus.</summary>
internal static class StreamMetricsEndpoint
{
    private const int MostStreams = 20_000;

    /// <summary>The maximum size of a response in bytes, because labels are repeated for each member of an object.</summary>
    private const long MostBytes = 64 << 20;

    /// <summary>Streams whose newest values are in memory at once.</summary>
    private const int StreamsAtOnce = 100;

    /// <summary>Lines that are passed on at once.</summary>
    private const int LinesOfPiece = 100;

    public static void MapStreamMetrics(this IEndpointRouteBuilder routes) => routes.MapRead("/metrics/streams", GetAsync);

    private static async Task GetAsync(HttpContext context)
    {
        // See DatapointResponse: only then is it noticed that the client leaves.
        await Task.Yield();
        using RunningQuery query = RunningQuery.Begin(context);
        try
        {
            await WriteAsync(context, query.Ended);
        }
        catch (OperationCanceledException) when (query.Reason is not null)
        {
            throw query.Reason;
        }
    }

    /// <exception cref="InvalidRangeException">There are too many streams.</exception>
    /// <exception cref="QueryLimitException">The lists and queries of the user that run need too much memory.</exception>
    private static async Task WriteAsync(HttpContext context, CancellationToken ended)
    {
        List<CdbStream> streams = [];
        using EntryMemory memory = new(context);
        await foreach (CdbStream stream in StreamSearch.StreamsAsync(context, StreamSearch.LabelsOf(context), ended))
        {
            if (streams.Count == MostStreams)
            {
                throw new InvalidRangeException($"There are more than {MostStreams} streams. Select some by their labels: /metrics/streams?label=room=*", null);
            }

            streams.Add(stream);
            memory.Add();
        }

        context.Response.ContentType = PrometheusText.ContentType;
        ResponseBody body = new(context, MostBytes);
        List<(CdbStream Stream, double T)> times = [];
        Write(body, StreamMetrics.ValueHead);
        foreach (CdbStream[] some in streams.Chunk(StreamsAtOnce))
        {
            IReadOnlyList<StreamEnd?> ends = await context.Client().GetEndsAsync([.. some.Select(stream => stream.GetPath())], ended);
            for (int i = 0; i < some.Length; i++)
            {
                if (ends[i]?.Last is { } newest && await WriteAsync(body, StreamMetrics.ValuesOf(StreamMetrics.LabelsOf(some[i]), newest.Value), ended))
                {
                    times.Add((some[i], newest.T));
                }
            }
        }

        Write(body, StreamMetrics.TimeHead);
        await WriteAsync(body, times.Select(time => StreamMetrics.TimeOf(StreamMetrics.LabelsOf(time.Stream), time.T)), ended);
        await body.EndAsync(ended);
    }

    /// <summary>Passes lines on; false when there are none.</summary>
    private static async ValueTask<bool> WriteAsync(ResponseBody body, IEnumerable<string> lines, CancellationToken ended)
    {
        bool hasLines = false;
        foreach (string[] piece in lines.Chunk(LinesOfPiece))
        {
            hasLines = true;
            foreach (string line in piece)
            {
                Write(body, line);
            }

            await body.PassAsync(ended);
        }

        return hasLines;
    }

    private static void Write(ResponseBody body, string text) => Encoding.UTF8.GetBytes(text, body);
}

using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Influx;
using ConnectorDb.Server.Api;
using ConnectorDb.Server.Options;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Influx;

/// <summary><c>/write</c> of InfluxDB 1 and <c>/api/v2/write</c> of InfluxDB 2: points in line protocol, to streams of the device that logged in.</summary>
internal static class WriteEndpoint
{
    /// <summary>Bytes of memory for a byte of a body: its values, and their columns.</summary>
    private const int MemoryPerByte = 8;

    public static void MapWrite(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/write", WriteAsync).WithMetadata(InfluxCredentials.Mark);
        routes.MapOtherMethods("/write", "OPTIONS, POST");
        routes.MapPost("/api/v2/write", WriteVersion2Async).WithMetadata(InfluxCredentials.Mark, InfluxVersion.Two);
    }

    private static Task WriteAsync(HttpContext context)
    {
        CheckLogin(context);
        IQueryCollection query = context.Request.Query;
        string database = query["db"].ToString();
        if (database.Length == 0)
        {
            throw new InfluxErrorException(StatusCodes.Status400BadRequest, "database is required");
        }

        if (query["consistency"].ToString() is not ("" or "any" or "one" or "quorum" or "all"))
        {
            throw new InfluxErrorException(StatusCodes.Status400BadRequest, "invalid consistency level");
        }

        // InfluxDB 1 has this status, so that clients keep the points until the policy exists.
        string label = LabelOf(context, database, query["rp"].ToString()) ?? throw new InfluxErrorException(StatusCodes.Status500InternalServerError, $"retention policy not found: {query["rp"]}");
        long precision = Precision.Of(query["precision"]) ?? throw new InfluxErrorException(StatusCodes.Status400BadRequest, $"invalid precision \"{query["precision"]}\" (use n, u, ms, s, m or h)");
        return StoreAsync(context, label, precision, isVersion2: false);
    }

    private static Task WriteVersion2Async(HttpContext context)
    {
        CheckLogin(context);
        IQueryCollection query = context.Request.Query;
        string name = query["bucket"].ToString();
        string[] bucket = name.Split('/', 2);
        if (bucket[0].Length == 0 || LabelOf(context, bucket[0], bucket.ElementAtOrDefault(1) ?? "") is not { } label)
        {
            throw new InfluxErrorException(StatusCodes.Status404NotFound, $"bucket \"{name}\" not found");
        }

        long precision = Precision.OfVersion2(query["precision"]) ?? throw new InfluxErrorException(StatusCodes.Status400BadRequest, "invalid precision; valid precision units are ns, us, ms, and s");
        return StoreAsync(context, label, precision, isVersion2: true);
    }

    /// <summary>The time of a request, in nanoseconds.</summary>
    public static long Now(HttpContext context) => Now(context.RequestServices.GetRequiredService<TimeProvider>());

    /// <summary>The time of a clock, in nanoseconds.</summary>
    public static long Now(TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    /// <exception cref="AuthenticationException">The request has no login.</exception>
    public static void CheckLogin(HttpContext context)
    {
        if (context.Caller().IsAnonymous)
        {
            throw new AuthenticationException("This request needs a login.", null);
        }
    }

    /// <summary>The label of the points of a retention policy; null when there is no such policy.</summary>
    private static string? LabelOf(HttpContext context, string database, string policy)
        => context.RequestServices.GetRequiredService<CdbEngine>().FindDatabaseLabel(context.Caller().Login, database, policy, context.RequestAborted);

    /// <summary>True for gzip, and false for a plain body.</summary>
    /// <exception cref="InfluxErrorException">The body has another encoding.</exception>
    private static bool IsPacked(HttpRequest request) => request.Headers.ContentEncoding.ToString().Trim().ToUpperInvariant() switch
    {
        "" or "IDENTITY" => false,
        "GZIP" or "X-GZIP" => true,
        _ => throw new InfluxErrorException(StatusCodes.Status415UnsupportedMediaType, $"the body has the encoding \"{request.Headers.ContentEncoding}\", which this server does not know; send it with gzip, or as it is"),
    };

    private static async Task StoreAsync(HttpContext context, string label, long precision, bool isVersion2)
    {
        Caller caller = context.Caller();
        CdbEngine engine = context.RequestServices.GetRequiredService<CdbEngine>();
        long now = Now(context);
        long most = context.RequestServices.GetRequiredService<ServerOptions>().BodyLimit;
        bool isPacked = IsPacked(context.Request);
        IDisposable? held = null;
        try
        {
            LineBatch batch = await RequestBody.ReadBytesAsync(context, bytes =>
            {
                ReadOnlyMemory<byte> lines = isPacked ? GzipBody.Unpack(bytes, most) : bytes;
                held = engine.Hold(caller.Login, MemoryPerByte * (long)lines.Length);
                return LineBatch.Read(label, new LineReader(lines, precision, now, context.RequestServices.GetRequiredService<SeriesCache>()), context.RequestAborted);
            });
            if (isVersion2 && batch.Count == 0 && batch.LineFaults.Length == 0)
            {
                throw new InfluxErrorException(StatusCodes.Status400BadRequest, "writing requires points");
            }

            await context.RequestServices.GetRequiredService<PointWriter>().WriteAsync(caller.Login, batch, isVersion2, context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            context.Response.ContentType = ResultFormat.Json;
        }
        finally
        {
            held?.Dispose();
        }
    }
}

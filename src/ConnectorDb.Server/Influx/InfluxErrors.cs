using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ConnectorDb.Core.InfluxQl.Results;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Server.Api;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Influx;

/// <summary>
/// The errors of the endpoints of InfluxDB, in its form. An error that passes, such as a busy server, is 503: clients drop points that are
/// answered with any 4xx, 429 included.
/// </summary>
internal static class InfluxErrors
{
    private const int MaxHeader = 1024;
    private const string DefaultRetry = "2";

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void UseInfluxErrors(this IApplicationBuilder application)
    {
        ILogger log = application.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(InfluxErrors).FullName!);
        CancellationToken stopping = application.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        application.Use(async (context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<InfluxCredentials>() is null)
            {
                await next(context);
                return;
            }

            InfluxVersion.SetHeaders(context.Response);
            try
            {
                await next(context);
            }
            catch (Exception error) when (!context.Response.HasStarted && StatusOf(error) is not null && !context.RequestAborted.IsCancellationRequested)
            {
                await WriteAsync(context, log, error);
                await UnreadBody.DiscardAsync(context, stopping);
            }
        });
    }

    /// <summary>Null for an error that is none of the request, and is logged as the others of the server.</summary>
    private static int? StatusOf(Exception error) => error switch
    {
        InfluxErrorException influx => influx.Status,
        TooManyLoginFailuresException or ServerBusyException or QueryLimitException or StoreException => StatusCodes.Status503ServiceUnavailable,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => StatusCodes.Status413PayloadTooLarge,
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => StatusCodes.Status503ServiceUnavailable,
        BadHttpRequestException bad => bad.StatusCode,
        CdbException fault => FailureKinds.Of(fault).Status is var status and < StatusCodes.Status500InternalServerError ? status : StatusCodes.Status503ServiceUnavailable,
        _ => null,
    };

    private static string MessageOf(HttpContext context, int status, Exception error) => status switch
    {
        StatusCodes.Status401Unauthorized when IsVersion2(context) => "unauthorized access",
        StatusCodes.Status401Unauthorized => HasCredential(context) ? "authorization failed" : "unable to parse authentication credentials",
        StatusCodes.Status413PayloadTooLarge => IsVersion2(context) ? "unable to read data: points batch is too large" : "Request Entity Too Large",
        _ => RestWording.Of(error.Message),
    };

    private static async Task WriteAsync(HttpContext context, ILogger log, Exception error)
    {
        int status = StatusOf(error)!.Value;
        string message = MessageOf(context, status, error);
        IHeaderDictionary headers = context.Response.Headers;
        context.Response.StatusCode = status;
        headers.ContentLength = null;
        if (status == StatusCodes.Status401Unauthorized)
        {
            headers.WWWAuthenticate = "Basic realm=\"InfluxDB\"";
        }
        else if (!IsVersion2(context))
        {
            headers["X-Influxdb-Error"] = Header(message);
        }

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            headers.RetryAfter = error is ServerBusyException busy ? Math.Ceiling(busy.Wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) : DefaultRetry;
            log.RequestDelayed(context.Request.Method, context.Request.Path, status, error.Message, context.TraceIdentifier);
        }
        else
        {
            log.RequestRefused(context.Request.Method, context.Request.Path, status, error.Message, context.TraceIdentifier);
        }

        string type = ResultFormat.TypeFor(context.Request);
        context.Response.ContentType = type;
        byte[] body = type switch
        {
            ResultFormat.Csv => CsvOf(message),
            ResultFormat.MessagePack => ResultMessagePack.OfError(message),
            _ => BodyOf(context, status, message),
        };
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static bool IsVersion2(HttpContext context) => context.GetEndpoint()!.Metadata.GetMetadata<InfluxVersion>() is not null;

    private static bool HasCredential(HttpContext context) => context.Request.Headers.ContainsKey("Authorization") || context.Request.Query.ContainsKey("p");

    private static byte[] CsvOf(string message) => Encoding.UTF8.GetBytes($"error\n\"{message.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n");

    private static byte[] BodyOf(HttpContext context, int status, string message)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter writer = new(body, s_options))
        {
            writer.WriteStartObject();
            if (IsVersion2(context))
            {
                context.Response.Headers["X-Platform-Error-Code"] = CodeOf(status);
                writer.WriteString("code", CodeOf(status));
                writer.WriteString("message", message);
            }
            else
            {
                writer.WriteString("error", message);
            }

            writer.WriteEndObject();
        }

        byte[] json = [.. Escaped(body.ToArray()), (byte)'\n'];
        return context.Request.Query["pretty"] == "true" ? JsonIndent.Of(json) : json;
    }

    /// <summary>InfluxDB escapes these characters, which are only in texts.</summary>
    private static byte[] Escaped(byte[] json) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json)
        .Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal));

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "invalid",
        StatusCodes.Status401Unauthorized => "unauthorized",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "not found",
        StatusCodes.Status413PayloadTooLarge => "request too large",
        StatusCodes.Status422UnprocessableEntity => "unprocessable entity",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        _ => "invalid",
    };

    /// <summary>The start of a message, as a header can have it.</summary>
    private static string Header(string message)
        => string.Concat(message.Take(MaxHeader).Select(c => c == '\n' ? ' ' : c is >= ' ' and < (char)127 ? c : '?'));
}

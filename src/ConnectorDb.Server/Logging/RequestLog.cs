using System.Diagnostics;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Logging;

/// <summary>Logs each request at level Debug, without the API key in its address.</summary>
internal static class RequestLog
{
    public static void UseRequestLog(this IApplicationBuilder application)
    {
        ILogger log = application.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RequestLog).FullName!);
        application.Use((context, next) => log.IsEnabled(LogLevel.Debug) ? LogAsync(log, context, next) : next(context));
    }

    private static async Task LogAsync(ILogger log, HttpContext context, RequestDelegate next)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            log.RequestAnswered(context.Request.Method, context.Request.Path, WithoutKey(context.Request.Query), context.Response.StatusCode, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    private static string WithoutKey(IQueryCollection query) => QueryString.Create(
        query.Where(parameter => !CredentialNames.IsSecret(parameter.Key))).ToString();
}

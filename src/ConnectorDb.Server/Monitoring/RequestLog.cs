using System.Diagnostics;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Monitoring;

/// <summary>Counts every request when it is answered, and writes it down for those who ask for that much: its path, and of the parameters all but the key.</summary>
internal static partial class RequestLog
{
    private const string NoRoute = "none";

    public static void UseRequestLog(this IApplicationBuilder application)
    {
        Meters meters = application.ApplicationServices.GetRequiredService<Meters>();
        ILogger log = application.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RequestLog).FullName!);
        application.Use(async (context, next) =>
        {
            long start = Stopwatch.GetTimestamp();
            try
            {
                await next(context);
            }
            finally
            {
                TimeSpan duration = Stopwatch.GetElapsedTime(start);
                string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? NoRoute;
                meters.Answered(context.Request.Method, route, context.Response.StatusCode, duration);
                if (log.IsEnabled(LogLevel.Debug))
                {
                    Answered(log, context.Request.Method, context.Request.Path, ShownQuery(context.Request.Query), context.Response.StatusCode, duration.TotalMilliseconds);
                }
            }
        });
    }

    private static string ShownQuery(IQueryCollection query) => QueryString.Create(
        query.Where(parameter => !parameter.Key.Equals(Authentication.KeyParameter, StringComparison.OrdinalIgnoreCase))).ToString();

    [LoggerMessage(LogLevel.Debug, "{Method} {Path}{Query} was answered with {Status} in {Milliseconds} ms.")]
    private static partial void Answered(ILogger log, string method, string path, string query, int status, double milliseconds);
}

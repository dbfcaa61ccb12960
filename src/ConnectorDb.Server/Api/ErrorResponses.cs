using System.Globalization;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Server.Security;
using Microsoft.AspNetCore.Connections;

namespace ConnectorDb.Server.Api;

/// <summary>Turns exceptions into a status and the body <c>{"code", "msg", "ref"}</c>, with further members for our own client.</summary>
internal static partial class ErrorResponses
{
    public static void UseErrorResponses(this IApplicationBuilder application)
    {
        ILogger log = application.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorResponses).FullName!);
        application.Use(async (context, next) =>
        {
            try
            {
                await next(context);
                if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed })
                {
                    throw new UnknownPathException($"This path is not recognized for the method {context.Request.Method}.");
                }
            }
            catch (Exception error) when (IsDisconnected(context, error))
            {
                context.Abort();
            }
            catch (Exception error)
            {
                Failure failure = FailureOf(error);
                Log(log, context, failure, error);
                if (context.Response.HasStarted)
                {
                    // Kestrel then sends what is buffered and closes the connection without the end mark of HTTP, so that the client sees an incomplete response.
                    throw;
                }

                await WriteAsync(context, failure, error);
            }
        });
    }

    /// <summary>The client has disconnected.</summary>
    private static bool IsDisconnected(HttpContext context, Exception error)
        => error is ConnectionResetException or ConnectionAbortedException
           || (error is OperationCanceledException && context.RequestAborted.IsCancellationRequested);

    private static Failure FailureOf(Exception error) => error switch
    {
        UnknownPathException => Failure.Of(StatusCodes.Status404NotFound, error.Message),
        TooManyLoginFailuresException => Failure.Of(StatusCodes.Status429TooManyRequests, error.Message),
        CdbException fault => ConnectorDb03Messages.AddTo(Failure.Of(fault), fault),
        BadHttpRequestException bad => Failure.Of(bad.StatusCode, bad.Message),
        _ => Failure.Of(StatusCodes.Status500InternalServerError, "Internal server error. The log of the server has the details under this reference."),
    };

    private static async Task WriteAsync(HttpContext context, Failure failure, Exception error)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentLength = null;
        context.Response.StatusCode = failure.Status;
        if (error is TooManyLoginFailuresException tooMany)
        {
            headers.RetryAfter = Math.Ceiling(tooMany.Wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        await context.WriteJsonAsync(failure.WriteTo);
    }

    private static void Log(ILogger log, HttpContext context, Failure failure, Exception error)
    {
        if (failure.Status >= StatusCodes.Status500InternalServerError)
        {
            Failed(log, context.Request.Method, context.Request.Path, failure.Status, failure.Reference, error);
        }
        else
        {
            Refused(log, context.Request.Method, context.Request.Path, failure.Status, failure.Message, failure.Reference);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed with {Status} ({Reference}).")]
    private static partial void Failed(ILogger log, string method, string path, int status, string reference, Exception error);

    [LoggerMessage(LogLevel.Debug, "{Method} {Path} was refused with {Status}: {Message} ({Reference})")]
    private static partial void Refused(ILogger log, string method, string path, int status, string message, string reference);
}

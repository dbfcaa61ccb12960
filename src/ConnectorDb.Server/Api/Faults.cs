using System.Globalization;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Server.Security;
using Microsoft.AspNetCore.Connections;

namespace ConnectorDb.Server.Api;

/// <summary>Answers what goes wrong: a status, and the body <c>{"code", "msg", "ref"}</c> with what our own client wants to know.</summary>
internal static partial class Faults
{
    public static void UseFaults(this IApplicationBuilder application)
    {
        ILogger log = application.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Faults).FullName!);
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
            catch (Exception error) when (IsGone(context, error))
            {
                context.Abort();
            }
            catch (Exception error)
            {
                Failure failure = FailureOf(error);
                Log(log, context, failure, error);
                if (context.Response.HasStarted)
                {
                    // Kestrel then closes the connection without the mark that the answer is whole, after all that was sent.
                    throw;
                }

                await AnswerAsync(context, failure, error);
            }
        });
    }

    /// <summary>The client has left in the middle, and nobody waits for an answer.</summary>
    private static bool IsGone(HttpContext context, Exception error)
        => error is ConnectionResetException or ConnectionAbortedException
           || (error is OperationCanceledException && context.RequestAborted.IsCancellationRequested);

    private static Failure FailureOf(Exception error) => error switch
    {
        UnknownPathException => Failure.Of(StatusCodes.Status404NotFound, error.Message),
        TooManyFailuresException => Failure.Of(StatusCodes.Status429TooManyRequests, error.Message),
        CdbException fault => OriginalTexts.AddTo(Failure.Of(fault), fault),
        BadHttpRequestException bad => Failure.Of(bad.StatusCode, bad.Message),
        _ => Failure.Of(StatusCodes.Status500InternalServerError, "The server met an error of its own; its log says which, beside this reference."),
    };

    private static async Task AnswerAsync(HttpContext context, Failure failure, Exception error)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentLength = null;
        context.Response.StatusCode = failure.Status;
        if (error is TooManyFailuresException tooMany)
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

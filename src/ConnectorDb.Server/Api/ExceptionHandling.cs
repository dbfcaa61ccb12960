using System.Globalization;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Server.Security;
using Microsoft.AspNetCore.Connections;

namespace ConnectorDb.Server.Api;

/// <summary>Turns exceptions into a status and the body <c>{"code", "msg", "ref"}</c>, with further members for our own client.</summary>
internal static class ExceptionHandling
{
    public static void UseErrorResponses(this IApplicationBuilder application)
    {
        ILogger log = application.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ExceptionHandling).FullName!);
        CancellationToken stopping = application.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        application.Use(async (context, next) =>
        {
            try
            {
                await next(context);
                CheckRoute(context);
            }
            catch (Exception error) when (IsDisconnected(context, error))
            {
                context.Abort();
            }
            catch (Exception error)
            {
                Failure failure = FailureOf(ForCaller(context, error));
                Log(log, context, failure, error);
                if (context.Response.HasStarted)
                {
                    // Kestrel then sends what is buffered and closes the connection without the end mark of HTTP, so that the client sees an incomplete response.
                    throw;
                }

                await WriteAsync(context, failure, error);
                await UnreadBody.DiscardAsync(context, stopping);
            }
        });
    }

    /// <exception cref="UnknownPathException">No endpoint has this path.</exception>
    /// <exception cref="BadHttpRequestException">No endpoint of this path has the method. The header Allow has the others.</exception>
    private static void CheckRoute(HttpContext context)
    {
        switch (context.Response)
        {
            case { HasStarted: false, StatusCode: StatusCodes.Status404NotFound } when context.GetEndpoint() is null:
                throw new UnknownPathException($"This path is not recognized. The API is below {RestApi.Root}; {OpenApiEndpoint.Address} describes it.");
            case { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed, Headers.Allow: var allowed }:
                throw new BadHttpRequestException($"This path does not support the method {context.Request.Method}. It supports {allowed}.", StatusCodes.Status405MethodNotAllowed);
        }
    }

    /// <summary>The client has disconnected, or the stop of the server has ended the connection.</summary>
    /// <remarks>Kestrel ends the reading of a body a moment before it cancels <see cref="HttpContext.RequestAborted"/>.</remarks>
    private static bool IsDisconnected(HttpContext context, Exception error)
        => IsOfConnection(error) || (error is OperationCanceledException && (IsOfConnection(error.InnerException) || context.RequestAborted.IsCancellationRequested));

    private static bool IsOfConnection(Exception? error) => error is ConnectionResetException or ConnectionAbortedException;

    // A caller without a login first learns that it needs one, and not what is wrong with the request.
    private static Exception ForCaller(HttpContext context, Exception error)
        => error is CdbException fault and not (TooManyLoginFailuresException or ServerBusyException or UnknownPathException)
            && FailureKinds.Of(fault).Status == StatusCodes.Status400BadRequest
            && context.Features.Get<Caller>()?.Login == Login.Nobody
            && context.Request.Path.StartsWithSegments(RestApi.Root)
            ? new AuthenticationException("This request needs a login. Send 'Authorization: Bearer KEY' with the API key of a device, or user name and password.", null)
            : error;

    private static Failure FailureOf(Exception error) => error switch
    {
        UnknownPathException => Failure.Of(StatusCodes.Status404NotFound, error.Message),
        TooManyLoginFailuresException => Failure.Of(StatusCodes.Status429TooManyRequests, error.Message),
        ServerBusyException busy => Failure.Of(busy.Status, busy.Message),
        CdbException fault => ConnectorDb03Messages.AddTo(Failure.Of(fault), fault),
        BadHttpRequestException bad => Failure.Of(bad.StatusCode, bad.Message),
        _ => Failure.Of(StatusCodes.Status500InternalServerError, "Internal server error. The log of the server has the details under this reference."),
    };

    private static async Task WriteAsync(HttpContext context, Failure failure, Exception error)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentLength = null;
        context.Response.StatusCode = failure.Status;
        if (WaitOf(error) is { } wait)
        {
            headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (failure.Status == StatusCodes.Status401Unauthorized && !LocalRequest.IsOfPage(context))
        {
            // Pages ask for the login themselves. Basic is not named: browsers would ask for a password in a dialog of their own.
            headers.WWWAuthenticate = "Bearer";
        }

        await context.WriteJsonAsync(failure.InWordsOf(context).WriteTo);
    }

    /// <summary>The time after which the caller may try again.</summary>
    private static TimeSpan? WaitOf(Exception error) => error switch
    {
        TooManyLoginFailuresException tooMany => tooMany.Wait,
        ServerBusyException busy => busy.Wait,
        QueryLimitException limit => limit.Wait,
        _ => null,
    };

    private static void Log(ILogger log, HttpContext context, Failure failure, Exception error)
    {
        if (error is ServerBusyException or QueryLimitException or BadHttpRequestException && failure.Status >= StatusCodes.Status500InternalServerError)
        {
            log.RequestDelayed(context.Request.Method, context.Request.Path, failure.Status, failure.Message, failure.Reference);
        }
        else if (failure.Status >= StatusCodes.Status500InternalServerError)
        {
            log.RequestFailed(context.Request.Method, context.Request.Path, failure.Status, failure.Reference, error);
        }
        else
        {
            log.RequestRefused(context.Request.Method, context.Request.Path, failure.Status, failure.Message, failure.Reference);
        }
    }
}

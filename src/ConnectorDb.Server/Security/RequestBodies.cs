using Microsoft.AspNetCore.Http.Features;

namespace ConnectorDb.Server.Security;

/// <summary>Decides before an endpoint runs whether it may read the body of its request: only that of a known caller, and only within the limits.</summary>
/// <remarks>An endpoint cannot forget to ask: without a caller it finds an empty body.</remarks>
internal static class RequestBodies
{
    public static void UseRequestBodies(this IApplicationBuilder application)
    {
        BodyAdmission admission = application.ApplicationServices.GetRequiredService<BodyAdmission>();
        application.Use((context, next) => HasBody(context) ? AdmitAsync(context, admission, next) : next(context));
    }

    private static bool HasBody(HttpContext context)
        => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false && !context.WebSockets.IsWebSocketRequest;

    private static async Task AdmitAsync(HttpContext context, BodyAdmission admission, RequestDelegate next)
    {
        if (context.Features.Get<Caller>() is not { } caller)
        {
            await WithoutBodyAsync(context, next);
            return;
        }

        if (caller.IsAnonymous)
        {
            CheckAnonymous(context);
        }

        // All devices of a user count together: a user can create many.
        string name = caller.IsAnonymous ? $"{context.Connection.RemoteIpAddress}" : caller.Login.Device.User;
        Stream packed = context.Request.Body;
        if (context.GetEndpoint()?.Metadata.GetMetadata<InfluxCredentials>() is null)
        {
            BodyCharset.Check(context.Request);
            UnpackedBody.Replace(context, caller);
        }

        try
        {
            await using AdmittedBody body = await AdmittedBody.EnterAsync(context, admission, name);
            await next(context);
        }
        finally
        {
            // What is left is discarded, and need not be unpacked for that.
            context.Request.Body = packed;
        }
    }

    /// <summary>Runs an endpoint that allows anonymous access, and so reads no body.</summary>
    private static async Task WithoutBodyAsync(HttpContext context, RequestDelegate next)
    {
        Stream body = context.Request.Body;
        context.Request.Body = Stream.Null;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Body = body;
        }
    }

    /// <exception cref="AuthenticationException">The endpoint does not read the bodies of anonymous callers.</exception>
    /// <exception cref="BadHttpRequestException">The body is too large.</exception>
    private static void CheckAnonymous(HttpContext context)
    {
        AnonymousBody allowed = context.GetEndpoint()?.Metadata.GetMetadata<AnonymousBody>() ?? throw AnonymousBody.Refused();
        allowed.Check(context);
        if (context.Request.ContentLength > AnonymousBody.Limit)
        {
            throw new BadHttpRequestException($"The body of an anonymous request may have {AnonymousBody.Limit} bytes. Log in to send a larger one.", StatusCodes.Status413PayloadTooLarge);
        }

        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = AnonymousBody.Limit;
    }
}

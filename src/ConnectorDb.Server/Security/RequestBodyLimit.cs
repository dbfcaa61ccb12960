using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Security;

/// <summary>
/// Refuses a request body that is larger than the limit: before it is read where its length is announced, else while it is read. Kestrel's own
/// limit would reset the connection while the client still sends, and the client would not see the answer.
/// </summary>
internal static class RequestBodyLimit
{
    public static void UseBodyLimit(this IApplicationBuilder application)
    {
        long limit = application.ApplicationServices.GetRequiredService<ServerOptions>().BodyLimit;
        application.Use((context, next) =>
        {
            Check(context.Request.ContentLength ?? 0, limit);
            return next(context);
        });
    }

    /// <summary>Checks the bytes of the body that were received so far.</summary>
    /// <exception cref="BadHttpRequestException">There are more than the limit.</exception>
    public static void CheckBodyLimit(this HttpContext context, long received)
    {
        if (context.Request.ContentLength is null)
        {
            Check(received, context.RequestServices.GetRequiredService<ServerOptions>().BodyLimit);
        }
    }

    /// <exception cref="BadHttpRequestException">The length of a body is more than the limit.</exception>
    public static void Check(long length, long limit)
    {
        if (length > limit)
        {
            throw new BadHttpRequestException($"The request body is larger than this server accepts ({limit} bytes, --body-limit). Send less at a time.", StatusCodes.Status413PayloadTooLarge);
        }
    }
}

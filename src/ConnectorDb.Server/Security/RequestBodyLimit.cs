using ConnectorDb.Server.Options;
using Microsoft.AspNetCore.Http.Features;

namespace ConnectorDb.Server.Security;

/// <summary>Refuses a request whose announced body is larger than the limit, before reading it.</summary>
internal static class RequestBodyLimit
{
    public static void UseBodyLimit(this IApplicationBuilder application)
    {
        long limit = application.ApplicationServices.GetRequiredService<ServerOptions>().BodyLimit;
        application.Use((context, next) =>
        {
            if (context.Request.ContentLength <= limit || context.Request.ContentLength is null)
            {
                return next(context);
            }

            // Kestrel's own limit would reset the connection while the client still sends, and the client would not see the answer. Without
            // the limit, Kestrel drains the body for a few seconds after the answer.
            context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
            throw new BadHttpRequestException($"The request body is larger than this server accepts ({limit} bytes, --body-limit). Send less at a time.", StatusCodes.Status413PayloadTooLarge);
        });
    }
}

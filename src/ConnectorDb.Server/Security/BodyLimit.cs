using ConnectorDb.Server.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace ConnectorDb.Server.Security;

/// <summary>
/// Refuses a body that says it is too large before anything of it is read. Kestrel would break the connection then, under
/// clients that are still sending; here it reads on for some seconds and drops what comes, so that they see the answer.
/// </summary>
internal static class BodyLimit
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

            context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
            throw new BadHttpRequestException($"The body is larger than the {limit} bytes that this server takes (--body-limit).", StatusCodes.Status413PayloadTooLarge);
        });
    }
}

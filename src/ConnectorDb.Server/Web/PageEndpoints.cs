using ConnectorDb.Server.Api;

namespace ConnectorDb.Server.Web;

/// <summary>The page and its files, without login: they contain nothing of the store.</summary>
internal static class PageEndpoints
{
    // Only files of this server run, styles and scripts in the page itself do not, and no other site may frame it. The chart library empties its
    // element by 'innerHTML = ""', which the policy in theme.js lets through.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default";

    private const string Forever = "public, max-age=31536000, immutable";

    public static void MapPage(this IEndpointRouteBuilder routes)
        => routes.MapRead("/web/{version}/{name}", WriteFileAsync).AllowAnonymous();

    public static Task WritePageAsync(HttpContext context)
    {
        // Relative addresses need the slash after the prefix of a proxy.
        if (!context.Request.Path.HasValue)
        {
            context.Response.Redirect($"{context.Request.PathBase}/");
            return Task.CompletedTask;
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers.CacheControl = "no-cache";
        return PageFiles.Page.WriteAsync(context);
    }

    private static Task WriteFileAsync(HttpContext context)
    {
        // A page of an older version must not get half of its files from this one; it asks to be loaded again.
        PageFile file = context.GetRouteValue("version") as string == PageFiles.Version && PageFiles.Find((string)context.GetRouteValue("name")!) is { } known
            ? known
            : throw new UnknownPathException("This version of the page has no such file. Load the page again.");
        context.Response.Headers.CacheControl = Forever;
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return file.WriteAsync(context);
    }
}

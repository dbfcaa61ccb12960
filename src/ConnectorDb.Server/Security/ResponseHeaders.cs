using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Server.Api;
using ConnectorDb.Server.Hosting;

namespace ConnectorDb.Server.Security;

/// <summary>The headers that every answer has, and those that tell a browser which pages may read it: none, unless the settings name them.</summary>
internal static class ResponseHeaders
{
    private const string Methods = "GET, POST, PUT, DELETE";
    private static readonly string s_requestHeaders = $"Content-Type, Authorization, {ProtocolHeaders.InsertId}";
    private static readonly string s_ownHeaders = $"{ProtocolHeaders.Version}, {ProtocolHeaders.Target}";

    /// <exception cref="InvalidValueException">What is in the settings is no origin.</exception>
    public static void UseResponseHeaders(this IApplicationBuilder application)
    {
        ServerOptions options = application.ApplicationServices.GetRequiredService<ServerOptions>();
        HashSet<string> origins = new(options.Origins.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Check), StringComparer.OrdinalIgnoreCase);
        application.Use((context, next) =>
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "deny";
            headers.XXSSProtection = "1; mode=block";
            headers.CacheControl = "no-store, must-revalidate";
            headers[ProtocolHeaders.Version] = CdbEngine.Version;
            bool isPreflight = HttpMethods.IsOptions(context.Request.Method);
            if (origins.Count > 0)
            {
                AllowOrigin(context, origins, isPreflight);
            }

            return isPreflight && context.Request.Path.StartsWithSegments(RestApi.Root) ? Task.CompletedTask : next(context);
        });
    }

    private static string Check(string origin)
        => Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && page.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase)
            ? origin
            : throw new InvalidValueException($"'{origin}' in --origins is no origin. Give it as browsers do: https://example.org, with the port if it is an unusual one, without a path.", origin);

    /// <summary>A page of a named origin may call, but only with a key that it has itself: credentials of the browser are never let in.</summary>
    private static void AllowOrigin(HttpContext context, HashSet<string> origins, bool isPreflight)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.Vary = "Origin";
        string origin = context.Request.Headers.Origin.ToString();
        if (!origins.Contains(origin))
        {
            return;
        }

        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = s_ownHeaders;
        if (isPreflight)
        {
            headers.AccessControlAllowMethods = Methods;
            headers.AccessControlAllowHeaders = s_requestHeaders;
        }
    }
}

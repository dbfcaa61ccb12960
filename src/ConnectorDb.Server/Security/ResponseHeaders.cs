using System.Globalization;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Security;

/// <summary>Sets the security headers of every response, and answers CORS requests from the origins that the settings name.</summary>
internal static class ResponseHeaders
{
    private const string Methods = "GET, POST, PUT, DELETE";
    private static readonly string s_requestHeaders = $"Content-Type, Authorization, {Credential.KeyHeader}, {ProtocolHeaders.InsertId}, {ProtocolHeaders.IdempotencyKey}";
    private static readonly string s_ownHeaders = $"{ProtocolHeaders.Version}, {ProtocolHeaders.Target}";

    /// <param name="application">The server.</param>
    /// <param name="api">The path below which CORS preflight requests are answered.</param>
    /// <exception cref="InvalidValueException">The settings contain an invalid origin.</exception>
    public static void UseResponseHeaders(this IApplicationBuilder application, PathString api)
    {
        ServerOptions options = application.ApplicationServices.GetRequiredService<ServerOptions>();
        HashSet<string> origins = new(options.Origins.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Check), StringComparer.OrdinalIgnoreCase);
        string? hsts = options.HstsDays == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"max-age={TimeSpan.FromDays(options.HstsDays).TotalSeconds}");
        application.Use((context, next) =>
        {
            IHeaderDictionary headers = context.Response.Headers;
            if (hsts is not null && SessionCookie.IsSecure(context))
            {
                headers.StrictTransportSecurity = hsts;
            }

            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "deny";
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            headers["Referrer-Policy"] = "no-referrer";
            headers.XXSSProtection = "1; mode=block";
            headers.CacheControl = "no-store, must-revalidate";
            headers[ProtocolHeaders.Version] = CdbEngine.Version;
            bool isPreflight = HttpMethods.IsOptions(context.Request.Method);
            if (origins.Count > 0)
            {
                AllowOrigin(context, origins, isPreflight);
            }

            return isPreflight && context.Request.Path.StartsWithSegments(api) ? Task.CompletedTask : next(context);
        });
    }

    private static string Check(string origin)
        => Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && page.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase)
            ? origin
            : throw new InvalidValueException($"'{origin}' in --origins is not an origin. Write it as browsers do: scheme, host and, unless it is the default, port, without a path: https://example.org.", origin);

    // Access-Control-Allow-Credentials is never sent: a page of another origin must bring its own API key and cannot use the cookies of the browser.
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

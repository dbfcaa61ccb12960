using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Security;

/// <summary>The session cookie of a browser. It is HttpOnly and SameSite=Strict; over TLS, the prefix <c>__Host-</c> keeps other hosts and unencrypted pages from setting it (RFC 6265bis).</summary>
internal static class SessionCookie
{
    private const string Name = "connectordb-session";
    private const string HostPrefix = "__Host-";
    private const string SecurePrefix = "__Secure-";

    /// <summary>True when the browser reaches the server over TLS.</summary>
    public static bool IsSecure(HttpContext context)
        => context.Request.IsHttps || context.RequestServices.GetRequiredService<ServerOptions>().SecureCookies;

    /// <summary>The name of a cookie as the browser of the request has it.</summary>
    /// <remarks>Behind a path prefix the cookie is of that path, so that siblings on the same host do not get it; <c>__Host-</c> allows no path.</remarks>
    public static string NameOf(HttpContext context, string name) => !IsSecure(context) ? name : (context.Request.PathBase.HasValue ? SecurePrefix : HostPrefix) + name;

    /// <exception cref="AuthenticationException">The request has several sessions. Which one counts must not depend on their order.</exception>
    public static string? Read(HttpContext context)
    {
        string name = NameOf(context, Name);
        return ValuesOf(context, name) switch
        {
            [] or [""] => null,
            [var session] => session,
            _ => throw new AuthenticationException($"The request has several cookies '{name}' with different sessions. Send one of them; in a browser, delete the cookies of this site and log in again.", null),
        };
    }

    /// <summary>All sessions of the request.</summary>
    public static IEnumerable<string> ReadAll(HttpContext context) => ValuesOf(context, NameOf(context, Name)).Where(session => session.Length > 0);

    /// <summary>The different values of a cookie as they are sent, empty ones too, which the framework leaves out.</summary>
    private static string[] ValuesOf(HttpContext context, string name)
        => [.. context.Request.Headers.Cookie
            .SelectMany(header => (header ?? "").Split(';'))
            .Select(cookie => cookie.Split('=', 2))
            .Where(cookie => cookie[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(cookie => cookie.Length > 1 ? cookie[1].Trim() : "")
            .Distinct(StringComparer.Ordinal)];

    /// <summary>The cookie of a session that the request has, and that cannot be used: it is empty, or of the other kind of connection. Null when there is none.</summary>
    public static string? FindUnusable(HttpContext context)
        => Read(context) is null ? Array.Find([Name, HostPrefix + Name, SecurePrefix + Name], name => ValuesOf(context, name).Length > 0) : null;

    /// <param name="lifetime">Null for a cookie that ends with the browser.</param>
    public static void Set(HttpContext context, string session, TimeSpan? lifetime)
    {
        context.Response.Cookies.Append(NameOf(context, Name), session, Options(context, lifetime, httpOnly: true));
        context.Response.Cookies.Append(NameOf(context, CsrfToken.Cookie), CsrfToken.Of(session), Options(context, lifetime, httpOnly: false));
    }

    public static void Clear(HttpContext context)
    {
        context.Response.Cookies.Delete(NameOf(context, Name), Options(context, null, httpOnly: true));
        context.Response.Cookies.Delete(NameOf(context, CsrfToken.Cookie), Options(context, null, httpOnly: false));
    }

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime, bool httpOnly) => new()
    {
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
        HttpOnly = httpOnly,
        Secure = IsSecure(context),
        SameSite = SameSiteMode.Strict,
        MaxAge = lifetime,
    };
}

namespace ConnectorDb.Server.Security;

/// <summary>The session cookie of a browser. It is HttpOnly and SameSite=Strict.</summary>
internal static class SessionCookie
{
    private const string Name = "connectordb-session";

    public static string? Read(HttpRequest request)
        => request.Cookies.TryGetValue(Name, out string? session) && session.Length > 0 ? session : null;

    /// <param name="lifetime">Null for a cookie that ends with the browser.</param>
    public static void Set(HttpResponse response, string session, TimeSpan? lifetime, bool isSecure)
    {
        response.Cookies.Append(Name, session, Options(lifetime, isSecure, httpOnly: true));
        response.Cookies.Append(CsrfToken.Cookie, CsrfToken.Of(session), Options(lifetime, isSecure, httpOnly: false));
    }

    public static void Clear(HttpResponse response, bool isSecure)
    {
        response.Cookies.Delete(Name, Options(null, isSecure, httpOnly: true));
        response.Cookies.Delete(CsrfToken.Cookie, Options(null, isSecure, httpOnly: false));
    }

    private static CookieOptions Options(TimeSpan? lifetime, bool isSecure, bool httpOnly) => new()
    {
        Path = "/",
        HttpOnly = httpOnly,
        Secure = isSecure,
        SameSite = SameSiteMode.Strict,
        MaxAge = lifetime,
    };
}

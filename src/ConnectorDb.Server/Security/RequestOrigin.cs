namespace ConnectorDb.Server.Security;

/// <summary>Tells whether a page of another site makes a request. Browsers say so in headers that no page can change.</summary>
internal static class RequestOrigin
{
    /// <summary>True for a request of a page of another origin; false also for programs, which send neither header.</summary>
    /// <remarks>Sec-Fetch-Site counts first, because it is right behind a proxy that changes host name or scheme, too. Browsers send it over TLS and on their own machine only.</remarks>
    public static bool IsForeign(HttpContext context)
    {
        HttpRequest request = context.Request;
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        return site.Length > 0 ? site is not ("same-origin" or "none") : request.Headers.Origin.ToString() is { Length: > 0 } && !IsOwn(context);
    }

    /// <summary>True when the header Origin names this server.</summary>
    public static bool IsOwn(HttpContext context) => context.Request.Headers.Origin == Own(context);

    /// <summary>The origin of the pages of this server.</summary>
    public static string Own(HttpContext context) => $"{(SessionCookie.IsSecure(context) ? "https" : "http")}://{context.Request.Host}";
}

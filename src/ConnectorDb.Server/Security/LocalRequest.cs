using System.Net;

namespace ConnectorDb.Server.Security;

/// <summary>Tells whether a request comes from a program on this machine.</summary>
/// <remarks>
/// The address of the socket decides, never a header. Requests of a web page do not count, even in a browser on this machine: they carry an
/// origin, or after DNS rebinding the host name of the attacker. Requests that a proxy forwards do not count either.
/// </remarks>
internal static class LocalRequest
{
    private static readonly string[] s_proxyHeaders = ["X-Forwarded-For", "X-Original-For", "X-Real-IP", "Forwarded", "Via"];

    public static bool Is(HttpContext context)
    {
        IHeaderDictionary headers = context.Request.Headers;
        return context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && IsThisMachine(context.Request.Host.Host)
            && !headers.ContainsKey("Origin")
            && (headers["Sec-Fetch-Site"].ToString() is "" or "none")
            && !s_proxyHeaders.Any(headers.ContainsKey);
    }

    /// <summary>True for a request that a browser on this machine makes for a page of this server.</summary>
    public static bool IsOfOwnPage(HttpContext context)
    {
        HttpRequest request = context.Request;
        return context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && IsThisMachine(request.Host.Host)
            && request.Headers.Origin.ToString() is var origin && (origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}")
            && !s_proxyHeaders.Any(request.Headers.ContainsKey);
    }

    /// <summary>True for a request that a script of a page makes. Browsers send these headers, and scripts cannot omit them.</summary>
    public static bool IsOfPage(HttpContext context)
        => context.Request.Headers.ContainsKey("Origin") || context.Request.Headers.ContainsKey("Sec-Fetch-Mode");

    /// <summary>True for a loopback address and for <c>localhost</c>.</summary>
    public static bool IsThisMachine(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
           || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}

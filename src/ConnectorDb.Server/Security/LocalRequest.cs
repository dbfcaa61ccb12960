using System.Net;

namespace ConnectorDb.Server.Security;

/// <summary>
/// Whether a request comes from a program of this machine. The address of the socket decides, never a header. A page in a browser of this
/// machine is none: it is known by its origin, or, when a name was bent to this machine (DNS rebinding), by the host that it asks for.
/// What a proxy passes on comes from elsewhere.
/// </summary>
internal static class LocalRequest
{
    private static readonly string[] s_ofProxies = ["X-Forwarded-For", "X-Original-For", "X-Real-IP", "Forwarded", "Via"];

    public static bool Is(HttpContext context)
    {
        IHeaderDictionary headers = context.Request.Headers;
        return context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && IsThisMachine(context.Request.Host)
            && !headers.ContainsKey("Origin")
            && (headers["Sec-Fetch-Site"].ToString() is "" or "none")
            && !s_ofProxies.Any(headers.ContainsKey);
    }

    private static bool IsThisMachine(HostString host)
        => host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
           || (IPAddress.TryParse(host.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}

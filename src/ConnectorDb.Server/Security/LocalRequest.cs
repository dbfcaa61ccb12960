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
            && IsThisMachine(context.Request.Host)
            && !headers.ContainsKey("Origin")
            && (headers["Sec-Fetch-Site"].ToString() is "" or "none")
            && !s_proxyHeaders.Any(headers.ContainsKey);
    }

    private static bool IsThisMachine(HostString host)
        => host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
           || (IPAddress.TryParse(host.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}

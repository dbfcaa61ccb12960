using System.Security.Cryptography;
using System.Text;

namespace ConnectorDb.Server.Security;

/// <summary>
/// The token that a page must send in the header <see cref="Header"/> with each change by session. A page of another origin can make
/// a browser send cookies, but cannot read the cookie with the token. The token is derived from the session, so that an attacker that
/// can set cookies cannot invent a pair (double-submit cookie, OWASP).
/// </summary>
internal static class CsrfToken
{
    public const string Cookie = "connectordb-token";

    public const string Header = "X-ConnectorDb-Token";

    public static string Of(string session)
        => Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(session), "connectordb-token"u8));

    /// <exception cref="PermissionDeniedException">A change by session lacks the token.</exception>
    public static void Check(HttpContext context, Caller caller)
    {
        if (caller.IsBySession && !IsSafe(context))
        {
            CheckOrigin(context);
            if (context.WebSockets.IsWebSocketRequest)
            {
                throw new PermissionDeniedException($"A websocket by session needs the header 'Origin: {RequestOrigin.Own(context)}', which browsers send, and which proves that no other site opens it. Send that header, or use an API key in the header Authorization instead of the session.", null);
            }

            throw new PermissionDeniedException($"A change by session needs the value of the cookie '{SessionCookie.NameOf(context, Cookie)}' in the header '{Header}', which proves that no other site makes it. Send that header, or use an API key instead of the session.", null);
        }
    }

    /// <exception cref="PermissionDeniedException">A page of another site makes the request.</exception>
    public static void CheckOrigin(HttpContext context)
    {
        if (RequestOrigin.IsForeign(context))
        {
            throw new PermissionDeniedException("A page of another site may not use the session of a browser here (headers Sec-Fetch-Site and Origin). Use an API key instead of the session.", null);
        }
    }

    private static bool IsSafe(HttpContext context)
        => context.WebSockets.IsWebSocketRequest ? RequestOrigin.IsOwn(context) : HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || (!RequestOrigin.IsForeign(context) && Matches(context));

    private static bool Matches(HttpContext context) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(context.Request.Headers[Header].ToString()),
        Encoding.UTF8.GetBytes(Of(SessionCookie.Read(context)!)));
}

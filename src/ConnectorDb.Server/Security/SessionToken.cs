using System.Security.Cryptography;
using System.Text;
using ConnectorDb.Server.Sockets;

namespace ConnectorDb.Server.Security;

/// <summary>
/// What a page must send with a change that its browser makes in a session, in the header <see cref="Header"/>: a page of
/// another origin can make a browser send cookies, but not read the one with the token. It follows from the session, so
/// that one who can plant cookies cannot make one up.
/// </summary>
internal static class SessionToken
{
    public const string Cookie = "connectordb-token";

    public const string Header = "X-ConnectorDb-Token";

    public static string Of(string session)
        => Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(session), "connectordb-token"u8));

    /// <exception cref="PermissionDeniedException">A change in a session comes without its token.</exception>
    public static void Check(HttpContext context, Caller caller)
    {
        if (caller.IsBySession && !IsHarmless(context))
        {
            throw new PermissionDeniedException($"A change by session needs the value of the cookie '{Cookie}' in the header '{Header}', so that no other site makes it. Or send an API key.", null);
        }
    }

    private static bool IsHarmless(HttpContext context)
    {
        HttpRequest request = context.Request;
        return Handshake.IsAsked(request)
            ? request.Headers.Origin == $"{request.Scheme}://{request.Host}"
            : HttpMethods.IsGet(request.Method) || Matches(request);
    }

    private static bool Matches(HttpRequest request) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Headers[Header].ToString()),
        Encoding.UTF8.GetBytes(Of(SessionCookie.Read(request)!)));
}

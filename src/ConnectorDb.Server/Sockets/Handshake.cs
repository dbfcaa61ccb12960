using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace ConnectorDb.Server.Sockets;

/// <summary>
/// Opens websockets (RFC 6455, section 4.2). Done here and not by the framework's middleware, because that gives no hold of the
/// stream below, and without it no pings can be sent: old clients give a server up that sends none.
/// </summary>
internal static class Handshake
{
    private const string Protocol = "websocket";
    private const string Version = "13";
    private const int KeyBytes = 16;

    /// <summary>Said by RFC 6455, section 1.3.</summary>
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public static bool IsAsked(HttpRequest request)
        => HttpMethods.IsGet(request.Method) && request.Headers.Upgrade.ToString().Equals(Protocol, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="BadHttpRequestException">The request opens no websocket.</exception>
    public static async Task<Stream> AcceptAsync(HttpContext context)
    {
        string key = context.Request.Headers.SecWebSocketKey.ToString();
        if (!IsAsked(context.Request) || context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade || !IsKey(key))
        {
            throw new BadHttpRequestException("This address speaks the websocket protocol only: send the headers 'Connection: Upgrade', 'Upgrade: websocket' and 'Sec-WebSocket-Key'.");
        }

        if (context.Request.Headers.SecWebSocketVersion != Version)
        {
            context.Response.Headers.SecWebSocketVersion = Version;
            throw new BadHttpRequestException($"Only version {Version} of the websocket protocol is spoken here.", StatusCodes.Status426UpgradeRequired);
        }

        context.Response.Headers[HeaderNames.Connection] = HeaderNames.Upgrade;
        context.Response.Headers.Upgrade = Protocol;
        context.Response.Headers.SecWebSocketAccept = Accept(key);
        return await upgrade.UpgradeAsync();
    }

    /// <summary>The socket that the stream carries.</summary>
    public static WebSocket Open(Stream stream)
        => WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan });

    private static bool IsKey(string key)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes + 2];
        return key.Length == (KeyBytes + 2) / 3 * 4 && Convert.TryFromBase64String(key, bytes, out int length) && length == KeyBytes;
    }

    /// <summary>The protocol asks for SHA-1, and not for secrecy.</summary>
    private static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Magic)));
}

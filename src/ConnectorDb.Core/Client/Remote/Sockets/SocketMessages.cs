using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Core.Client.Remote.Sockets;

/// <summary>The messages that come over a websocket until it ends.</summary>
internal static class SocketMessages
{
    private const int MostBytes = 256 << 20;

    /// <exception cref="WebSocketException">The connection broke.</exception>
    /// <exception cref="IOException">What came is no message.</exception>
    public static async IAsyncEnumerable<SocketMessage> ReadAsync(WebSocket socket, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArrayBufferWriter<byte> text = new(4096);
        while (true)
        {
            ValueWebSocketReceiveResult piece = await socket.ReceiveAsync(text.GetMemory(4096), cancellation).ConfigureAwait(false);
            if (piece.MessageType == WebSocketMessageType.Close)
            {
                yield break;
            }

            text.Advance(piece.Count);
            if (text.WrittenCount > MostBytes)
            {
                throw new IOException("The server sends a message that does not end.");
            }

            if (piece.EndOfMessage)
            {
                yield return Parse(text.WrittenSpan);
                text.ResetWrittenCount();
            }
        }
    }

    private static SocketMessage Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return SocketMessage.Read(text);
        }
        catch (CdbException error)
        {
            throw new IOException($"The server sends what is no message: {error.Message}", error);
        }
    }
}

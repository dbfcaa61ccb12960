using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Core.Client.Remote.Sockets;

/// <summary>Reads messages from a websocket until it is closed.</summary>
internal static class SocketMessages
{
    private const int MaxBytes = 256 << 20;

    /// <exception cref="WebSocketException">The connection broke.</exception>
    /// <exception cref="IOException">The data is not a message.</exception>
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
            if (text.WrittenCount > MaxBytes)
            {
                throw new IOException("The server sent a message larger than 256 MiB.");
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
            throw new IOException($"The server sent an invalid message: {error.Message}", error);
        }
    }
}

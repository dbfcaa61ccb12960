using System.Buffers;
using System.Net.WebSockets;
using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Server.Sockets;

/// <summary>Whole messages over one websocket; many may send.</summary>
/// <param name="stream">What carries the socket. Messages go to it directly: the socket is for what comes in, and for the good-bye.</param>
internal sealed class SocketChannel(WebSocket socket, PulseStream stream, RecentFrames frames, int messageLimit) : IDisposable
{
    private const int FirstBuffer = 4096;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ArrayBufferWriter<byte> _outgoing = new(FirstBuffer);
    private byte[] _incoming = new byte[FirstBuffer];

    /// <summary>The next message; null when the other side has ended, or sent one that is too long.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellation)
    {
        int length = 0;
        while (true)
        {
            if (length == _incoming.Length)
            {
                Array.Resize(ref _incoming, Math.Min(length * 2, messageLimit + 1));
            }

            ValueWebSocketReceiveResult result = await socket.ReceiveAsync(_incoming.AsMemory(length), cancellation);
            length += result.Count;
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (length > messageLimit)
            {
                await CloseAsync(WebSocketCloseStatus.MessageTooBig, $"A message may have {messageLimit} bytes.", cancellation);
                return null;
            }

            if (result.EndOfMessage)
            {
                return _incoming.AsMemory(0, length);
            }
        }
    }

    /// <exception cref="WebSocketException">One side has said good-bye.</exception>
    public async ValueTask SendAsync(SocketMessage message, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            {
                throw new WebSocketException(WebSocketError.InvalidState);
            }

            await stream.WriteAsync(frames.Of(message, _outgoing), cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Says good-bye, unless the other side is gone already.</summary>
    public async ValueTask CloseAsync(WebSocketCloseStatus status, string reason, CancellationToken cancellation)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        await _turn.WaitAsync(cancellation);
        try
        {
            await socket.CloseOutputAsync(status, reason, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}

using System.Buffers;
using System.Net.WebSockets;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Server.WebSockets;

/// <summary>Sends and receives whole messages over one websocket. Several tasks may send at the same time.</summary>
/// <param name="stream">The transport of the socket. Encoded frames are written to it directly; the socket only receives and closes.</param>
/// <param name="readers">Judges a client that does not read.</param>
internal sealed class WebSocketChannel(WebSocket socket, KeepAliveStream stream, RecentFrames frames, int messageLimit, SlowReader readers) : IDisposable
{
    private const int InitialBufferBytes = 4096;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ArrayBufferWriter<byte> _outgoing = new(InitialBufferBytes);
    private byte[] _incoming = new byte[InitialBufferBytes];

    /// <summary>The client is our own. Others get errors in the words of the API.</summary>
    public bool KnowsCmdlets { get; init; }

    /// <summary>The next message; null when the client has closed the connection or sent a message that is too long.</summary>
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
                await CloseAsync(WebSocketCloseStatus.MessageTooBig, $"The message is longer than {messageLimit} bytes.", cancellation);
                return null;
            }

            if (result.EndOfMessage)
            {
                return _incoming.AsMemory(0, length);
            }
        }
    }

    /// <exception cref="WebSocketException">The websocket is closing.</exception>
    public async ValueTask SendAsync(SocketMessage message, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation);
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            _sending.Release();
            throw new WebSocketException(WebSocketError.InvalidState);
        }

        SocketMessage sent = message.Failure is { } failure && !KnowsCmdlets ? message with { Failure = RestWording.Of(failure) } : message;
        ValueTask writing = stream.WriteAsync(frames.Of(sent, _outgoing), cancellation);
        if (!writing.IsCompletedSuccessfully && !await readers.WaitAsync(writing, stream))
        {
            // Nothing may follow the close frame, so no other message gets its turn.
            throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        }

        _sending.Release();
    }

    /// <summary>Sends a close frame, unless the connection has ended already.</summary>
    public async ValueTask CloseAsync(WebSocketCloseStatus status, string reason, CancellationToken cancellation)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        await _sending.WaitAsync(cancellation);
        try
        {
            await socket.CloseOutputAsync(status, reason, cancellation);
        }
        finally
        {
            _sending.Release();
        }
    }

    public void Dispose() => _sending.Dispose();
}

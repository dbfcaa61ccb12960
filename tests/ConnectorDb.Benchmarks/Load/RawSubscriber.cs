using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace ConnectorDb.Benchmarks.Load;

/// <summary>One websocket (RFC 6455) that is subscribed to a stream of numbers. The caller reads it, so that the client costs next to nothing.</summary>
internal sealed class RawSubscriber : IDisposable
{
    private const int MaskedLength = 0x80;
    private const int TwoBytesFollow = 126;
    private const int EightBytesFollow = 127;
    private static readonly byte[] s_text = [0x81];
    private static readonly byte[] s_noMask = new byte[4];
    private readonly byte[] _buffer = new byte[64 << 10];
    private int _filled;

    /// <param name="address">Without a path.</param>
    /// <param name="path">Of the stream.</param>
    public RawSubscriber(Uri address, string? authorization, string path)
    {
        Socket.Connect(address.Host, address.Port);
        Socket.Send(Encoding.UTF8.GetBytes($"GET /api/v1/websocket HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: {authorization}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            Receive();
        }

        Drop(end + 4);
        byte[] command = Encoding.UTF8.GetBytes($$"""{"cmd":"subscribe","arg":"{{path}}"}""");
        Socket.Send([.. s_text, (byte)(MaskedLength | command.Length), .. s_noMask, .. command]);
        while (Frame() is null)
        {
            Receive();
        }

        Drop(Frame()!.Value.End.Value);
    }

    public Socket Socket { get; } = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>Reads the available bytes, and returns each number.</summary>
    public void Read(Action<int> each)
    {
        Receive();
        while (Frame() is { } frame)
        {
            ReadOnlySpan<byte> message = _buffer.AsSpan(frame);
            ReadOnlySpan<byte> name = "\"d\":"u8;
            for (int found; (found = message.IndexOf(name)) >= 0;)
            {
                message = message[(found + name.Length)..];
                if (Utf8Parser.TryParse(message, out int number, out _))
                {
                    each(number);
                }
            }

            Drop(frame.End.Value);
        }
    }

    public void Dispose() => Socket.Dispose();

    private void Receive()
    {
        int read = Socket.Receive(_buffer, _filled, _buffer.Length - _filled, SocketFlags.None);
        _filled += read > 0 ? read : throw new EndOfStreamException("The server closed the websocket.");
    }

    /// <summary>Where the content of the first frame is; null when it has not come as a whole.</summary>
    private Range? Frame()
    {
        if (_filled < 2)
        {
            return null;
        }

        (int start, long length) = _buffer[1] switch
        {
            TwoBytesFollow => (4, BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(2))),
            EightBytesFollow => (10, BinaryPrimitives.ReadInt64BigEndian(_buffer.AsSpan(2))),
            byte few => (2, few),
        };
        return start + length <= _filled ? new Range(start, start + (int)length) : null;
    }

    private void Drop(int length)
    {
        _buffer.AsSpan(length, _filled - length).CopyTo(_buffer);
        _filled -= length;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ConnectorDb.Benchmarks.Load;

/// <summary>One HTTP/1.1 connection that sends the same request again and again. Its thread waits in the kernel, so that the client costs next to nothing.</summary>
internal sealed class RawConnection : IDisposable
{
    private static ReadOnlySpan<byte> EndOfHead => "\r\n\r\n"u8;

    private readonly byte[] _buffer = new byte[16 << 10];

    public RawConnection(Uri address) => Socket.Connect(address.Host, address.Port);

    public Socket Socket { get; } = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static byte[] Request(Uri address, string? authorization, string body)
        => Encoding.UTF8.GetBytes($"POST {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\n{(authorization is null ? "" : $"Authorization: {authorization}\r\n")}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    public void Send(ReadOnlySpan<byte> request) => Socket.Send(request);

    /// <summary>Waits for the answer.</summary>
    /// <exception cref="InvalidOperationException">The answer is not 200 or 204.</exception>
    public void Receive()
    {
        int filled = 0;
        do
        {
            int read = Socket.Receive(_buffer.AsSpan(filled));
            filled += read > 0 ? read : throw new EndOfStreamException("The server closed the connection.");
        }
        while (!IsWhole(_buffer.AsSpan(0, filled)));

        if (!_buffer.AsSpan().StartsWith("HTTP/1.1 20"u8))
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(_buffer, 0, filled));
        }
    }

    public void Dispose() => Socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        int end = answer.IndexOf(EndOfHead);
        if (end < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> head = answer[..end];
        return head.IndexOf("Transfer-Encoding: chunked"u8) >= 0
            ? answer.EndsWith("0\r\n\r\n"u8)
            : answer.Length >= end + EndOfHead.Length + BodyLength(head);
    }

    private static int BodyLength(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> name = "Content-Length: "u8;
        int at = head.IndexOf(name);
        if (at < 0)
        {
            return 0;
        }

        ReadOnlySpan<byte> rest = head[(at + name.Length)..];
        int line = rest.IndexOf((byte)'\r');
        return int.Parse(line < 0 ? rest : rest[..line], CultureInfo.InvariantCulture);
    }
}

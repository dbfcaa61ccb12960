using System.Net.Sockets;
using System.Text;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Server.Tests.WebSockets;

/// <summary>Pings as raw bytes, with a clock that the test advances.</summary>
public sealed class KeepAliveTests
{
    private static readonly TimeSpan s_pulse = TimeSpan.FromSeconds(54);
    private static readonly byte[] s_ping = [0x89, 0x00];

    /// <summary>A masked pong frame (RFC 6455, section 5.5.3).</summary>
    private static readonly byte[] s_pong = [0x8A, 0x80, 0, 0, 0, 0];

    [Fact]
    public async Task Clients_are_pinged_and_a_silent_client_is_disconnected()
    {
        FakeTimeProvider time = new(DateTimeOffset.UtcNow);
        await using RunningServer server = await RunningServer.StartAsync(adapt: builder => builder.Services.AddSingleton<TimeProvider>(time));
        using TcpClient client = new(server.Address.Host, server.Address.Port);
        client.ReceiveTimeout = (int)TimeSpan.FromMinutes(1).TotalMilliseconds;
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /api/v1/websocket?apikey={server.OwnerKey} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", ReadHead(stream));

        await TalkAsync(stream);
        for (int beat = 0; beat < 4; beat++)
        {
            time.Advance(s_pulse);
            Assert.Equal(s_ping, Read(stream, 2));
            await stream.WriteAsync(s_pong);
            await TalkAsync(stream);
        }

        time.Advance(s_pulse);
        time.Advance(s_pulse);
        time.Advance(s_pulse);
        Assert.Throws<EndOfStreamException>(() => ReadPings(stream));
    }

    /// <summary>Sends a command and reads its answer, which proves that the session has read everything before it.</summary>
    private static async Task TalkAsync(NetworkStream stream)
    {
        await stream.WriteAsync(TextFrame("""{"cmd":"unsubscribe_all"}"""));
        Assert.Contains("unsubscribe_all", Encoding.UTF8.GetString(Read(stream, FrameLength(Read(stream, 2)))));
    }

    private static void ReadPings(NetworkStream stream)
    {
        while (true)
        {
            Assert.Equal(s_ping, Read(stream, 2));
        }
    }

    private static byte[] TextFrame(string text) => [0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text)];

    private static int FrameLength(byte[] head)
    {
        Assert.Equal(0x81, head[0]);
        return head[1];
    }

    private static byte[] Read(NetworkStream stream, int count)
    {
        byte[] bytes = new byte[count];
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (IOException error) when (error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            throw new EndOfStreamException();
        }

        return bytes;
    }

    private static string ReadHead(NetworkStream stream)
    {
        StringBuilder head = new();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)Read(stream, 1)[0]);
        }

        return head.ToString();
    }
}

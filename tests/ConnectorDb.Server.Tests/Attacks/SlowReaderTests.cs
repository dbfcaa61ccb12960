using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using ConnectorDb.Server.Metrics;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Subscribers that do not read.</summary>
public sealed class SlowReaderTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_client_that_does_not_read_is_closed_with_the_reason_and_others_are_not_delayed()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --reader-patience 1");
        ServerMetrics metrics = server.Services.GetRequiredService<ServerMetrics>();
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        using SocketsHttpHandler narrow = new() { ConnectCallback = ConnectNarrowlyAsync };
        using HttpMessageInvoker invoker = new(narrow);
        using ClientWebSocket slow = new();
        slow.Options.SetRequestHeader("Authorization", $"Bearer {server.OwnerKey}");
        await slow.ConnectAsync(new Uri($"ws://{server.Address.Authority}/api/v1/websocket"), invoker, CancellationToken.None);
        await slow.SendAsync("""{"cmd": "subscribe", "arg": "me/user/s"}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        using WebSocketTester quick = await WebSocketTester.OpenAsync(server);
        await quick.DoAsync("""{"cmd": "subscribe", "arg": "me/user/s"}""");

        string text = JsonSerializer.Serialize(new string('x', 500_000));
        using CancellationTokenSource patience = new(s_patience);
        while (metrics.SlowReaders == 0)
        {
            await http.DoAsync(HttpMethod.Post, "crud/me/user/s/data", text);
            Assert.Equal("me/user/s", (await quick.ReceiveAsync()).GetProperty("stream").GetString());
            patience.Token.ThrowIfCancellationRequested();
        }

        byte[] buffer = new byte[1 << 16];
        ValueWebSocketReceiveResult result;
        do
        {
            result = await slow.ReceiveAsync(buffer.AsMemory(), patience.Token);
        }
        while (result.MessageType != WebSocketMessageType.Close);

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, slow.CloseStatus);
        Assert.Contains("--reader-patience", slow.CloseStatusDescription, StringComparison.Ordinal);
        Assert.Equal(1, metrics.SlowReaders);
    }

    /// <summary>Connects with a small receive buffer, so that the server soon has to wait.</summary>
    private static async ValueTask<Stream> ConnectNarrowlyAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(context.DnsEndPoint, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}

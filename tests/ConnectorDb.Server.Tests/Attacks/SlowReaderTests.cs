using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using ConnectorDb.Server.Metrics;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Clients that read their responses slowly or not at all.</summary>
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

    [Fact]
    public async Task Slow_readers_of_large_lists_reach_the_memory_of_their_user_and_not_that_of_others()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --query-memory 16777216 --user-memory 16777216");
        using HttpClient http = server.Http();
        Dictionary<string, object> streams = Enumerable.Range(0, 5000).ToDictionary(i => $"s{i}", _ => (object)new { description = new string('x', 1000) });
        await http.DoAsync(HttpMethod.Post, "crud/me/big", JsonSerializer.Serialize(new { streams }));
        await http.DoAsync(HttpMethod.Post, "crud/ada", """{"password": "the password of ada", "email": "ada@example.org"}""");
        using (SocketsHttpHandler handler = new() { ConnectCallback = ConnectNarrowlyAsync })
        using (HttpClient slow = new(handler) { BaseAddress = http.BaseAddress, DefaultRequestHeaders = { Authorization = http.DefaultRequestHeaders.Authorization } })
        {
            HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ => (await slow.GetAsync(new Uri("crud/me/big?q=ls", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead)).StatusCode));
            Assert.Contains(HttpStatusCode.TooManyRequests, answers);
            Assert.Contains(HttpStatusCode.OK, answers);
            using HttpClient ada = server.Http(server.KeyOf("ada/user"));
            await ada.DoAsync(HttpMethod.Get, "crud/ada?q=ls");
            await http.DoAsync(HttpMethod.Get, "crud/me?q=ls");
        }

        using CancellationTokenSource patience = new(s_patience);
        while ((await http.SendAsync(HttpMethod.Get, "crud/me/big?q=ls")).Status != HttpStatusCode.OK)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task Slow_downloads_hold_no_turn()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --user-queries 1");
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s/data", $"[{string.Join(',', Enumerable.Range(1, 9).Select(i => $$"""{"t": {{i}}, "d": "{{new string('x', 1_000_000)}}"}"""))}]");
        using SocketsHttpHandler handler = new() { ConnectCallback = ConnectNarrowlyAsync };
        using HttpClient slow = new(handler) { BaseAddress = http.BaseAddress, DefaultRequestHeaders = { Authorization = http.DefaultRequestHeaders.Authorization } };
        foreach (string path in Enumerable.Repeat("crud/me/user/s/data?i1=0", 20))
        {
            await slow.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        }

        await http.DoAsync(HttpMethod.Get, "crud/me/user/s/data?i1=0&transform=count").WaitAsync(s_patience);
    }

    /// <summary>Connects with a small receive buffer, so that the server soon has to wait.</summary>
    private static async ValueTask<Stream> ConnectNarrowlyAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(context.DnsEndPoint, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}

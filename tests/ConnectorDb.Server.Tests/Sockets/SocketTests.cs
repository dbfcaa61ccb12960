using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Server.Tests.Sockets;

public sealed class SocketTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>A command that changes nothing.</summary>
    private const string Nothing = """{"cmd": "unsubscribe_all"}""";

    private RunningServer Server => fixture.Server;

    [Fact]
    public async Task What_is_inserted_comes_to_those_who_subscribed_with_its_place()
    {
        string stream = await StreamAsync();
        using SocketTester socket = await SocketTester.OpenAsync(Server);
        await InsertAsync(stream, """[{"t": 1, "d": "before"}]""");
        JsonElement answer = await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}"}""");
        Assert.Equal(1, answer.GetProperty("i").GetInt64());

        await InsertAsync(stream, """[{"t": 2, "d": 21.5}, {"t": 3, "d": {"a": [null]}}]""");

        JsonElement message = await socket.ReceiveAsync();
        Assert.Equal(stream, message.GetProperty("stream").GetString());
        Assert.False(message.TryGetProperty("transform", out _));
        Assert.Equal((1, 3), (message.GetProperty("i").GetInt64(), message.GetProperty("next").GetInt64()));
        Assert.Equal("""[{"t":2,"d":21.5},{"t":3,"d":{"a":[null]}}]""", message.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task One_stream_is_watched_through_several_transforms_and_numbers_tell_them_apart()
    {
        string stream = await StreamAsync();
        using SocketTester socket = await SocketTester.OpenAsync(Server);
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}", "transform": "if $ > 5", "id": 7}""");
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}", "transform": "if last"}""");

        await InsertAsync(stream, """[{"t": 1, "d": 1}, {"t": 2, "d": 9}, {"t": 3, "d": 2}]""");

        JsonElement[] messages = [await socket.ReceiveAsync(), await socket.ReceiveAsync()];
        JsonElement filtered = messages.Single(message => message.GetProperty("transform").GetString() == "if $ > 5");
        JsonElement last = messages.Single(message => message.GetProperty("transform").GetString() == "if last");
        Assert.Equal(7, filtered.GetProperty("id").GetInt64());
        Assert.Equal("""[{"t":2,"d":9}]""", filtered.GetProperty("data").GetRawText());
        Assert.Equal("""[{"t":3,"d":2}]""", last.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task Each_of_many_on_one_stream_is_sent_what_that_one_asked_for()
    {
        string stream = await StreamAsync();
        await InsertAsync(stream, """[{"t": 1, "d": 1}]""");
        string[] commands = ["", "", ", \"id\": 1", ", \"id\": 2", ", \"from\": 1", ", \"transform\": \"if last\"", ", \"transform\": \"if last\"", ", \"transform\": \"if i == 0\""];
        SocketTester[] sockets = await Task.WhenAll(commands.Select(_ => SocketTester.OpenAsync(Server)));
        foreach ((SocketTester socket, string more) in sockets.Zip(commands))
        {
            await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}"{{more}}}""");
        }

        await InsertAsync(stream, """[{"t": 2, "d": 2}, {"t": 3, "d": 3}]""");

        string[] sent = [.. (await Task.WhenAll(sockets.Select(socket => socket.ReceiveAsync()))).Select(message => message.GetRawText())];
        Array.ForEach(sockets, socket => socket.Dispose());
        const string all = """
            "i":1,"next":3,"data":[{"t":2,"d":2},{"t":3,"d":3}]}
            """;
        Assert.Equal(
            [
                $$"""{"stream":"{{stream}}",{{all}}""",
                $$"""{"stream":"{{stream}}",{{all}}""",
                $$"""{"stream":"{{stream}}","id":1,{{all}}""",
                $$"""{"stream":"{{stream}}","id":2,{{all}}""",
                $$"""{"stream":"{{stream}}",{{all}}""",
                $$"""{"stream":"{{stream}}","transform":"if last","i":1,"next":3,"data":[{"t":3,"d":3}]}""",
                $$"""{"stream":"{{stream}}","transform":"if last","i":1,"next":3,"data":[{"t":3,"d":3}]}""",
                $$"""{"stream":"{{stream}}","transform":"if i == 0","i":1,"next":3,"data":[{"t":2,"d":2}]}""",
            ],
            sent);
    }

    [Fact]
    public async Task One_can_go_on_where_one_was_and_leave()
    {
        string stream = await StreamAsync();
        await InsertAsync(stream, """[{"t": 1, "d": 1}, {"t": 2, "d": 2}]""");
        using SocketTester socket = await SocketTester.OpenAsync(Server);
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}", "from": 1}""");
        Assert.Equal("""[{"t":2,"d":2}]""", (await socket.ReceiveAsync()).GetProperty("data").GetRawText());

        await socket.DoAsync($$"""{"cmd": "unsubscribe", "arg": "{{stream}}"}""");
        await InsertAsync(stream, """[{"t": 3, "d": 3}]""");
        await socket.DoAsync(Nothing);
    }

    [Fact]
    public async Task An_insert_is_restamped_and_what_subscribers_see_is_what_is_kept()
    {
        string stream = await StreamAsync();
        using SocketTester socket = await SocketTester.OpenAsync(Server);
        await InsertAsync(stream, """[{"t": 100, "d": 1}]""");
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}"}""");

        await socket.SendAsync($$"""{"cmd": "insert", "arg": "{{stream}}", "d": [{"t": 5, "d": 2}]}""");

        JsonElement[] messages = [await socket.ReceiveAsync(), await socket.ReceiveAsync()];
        JsonElement data = messages.Single(message => message.GetProperty("stream").GetString() == stream);
        Assert.True(messages.Single(message => message.GetProperty("stream").GetString() == "").GetProperty("ok").GetBoolean());
        Assert.Equal("""[{"t":100,"d":2}]""", data.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task What_others_ask_for_comes_as_downlink_with_who_asked()
    {
        string stream = await StreamAsync("""{"downlink": true}""");
        string key = await DeviceAsync("writer");
        using SocketTester owner = await SocketTester.OpenAsync(Server);
        using SocketTester other = await SocketTester.OpenAsync(Server, key);
        await owner.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}/downlink"}""");

        await other.DoAsync($$"""{"cmd": "insert", "arg": "{{stream}}", "d": [{"t": 1, "d": true}]}""");

        JsonElement message = await owner.ReceiveAsync();
        Assert.Equal($"{stream}/downlink", message.GetProperty("stream").GetString());
        Assert.StartsWith("me/", message.GetProperty("data")[0].GetProperty("o").GetString());
    }

    /// <summary>Fault 17.4: the original's connection went dead.</summary>
    [Theory]
    [InlineData("""{"cmd": "subscribe", "arg": "me/user/nowhere"}""", "not_found")]
    [InlineData("""{"cmd": "subscribe", "arg": "me/user"}""", null)]
    [InlineData("""{"cmd": "subscribe", "arg": "no path at all"}""", "invalid_name")]
    [InlineData("""{"cmd": "subscribe"}""", "invalid_value")]
    [InlineData("""{"cmd": "subscribe", "arg": "me/user/present", "transform": "if if"}""", "script_syntax")]
    [InlineData("""{"cmd": "insert", "arg": "me/user/present", "d": [{"d": "text"}]}""", "schema_violation")]
    [InlineData("""{"cmd": "insert", "arg": "me/user/present"}""", "invalid_value")]
    [InlineData("""{"cmd": "dance"}""", "invalid_value")]
    [InlineData("""{"cmd": """, "invalid_value")]
    [InlineData("[]", "invalid_value")]
    [InlineData("", "invalid_value")]
    public async Task A_command_that_cannot_be_followed_is_answered_and_the_next_one_is_followed(string command, string? kind)
    {
        await PresentAsync();
        using SocketTester socket = await SocketTester.OpenAsync(Server);

        JsonElement error = await socket.RefusedAsync(command);

        Assert.NotEmpty(error.GetProperty("msg").GetString()!);
        Assert.Equal(kind ?? error.GetProperty("kind").GetString(), error.GetProperty("kind").GetString());
        await socket.DoAsync("""{"cmd": "subscribe", "arg": "me/user/present"}""");
    }

    /// <summary>Fault 17.18: in the original what a command left out was that of the command before.</summary>
    [Fact]
    public async Task What_a_command_leaves_out_is_not_that_of_the_one_before()
    {
        string stream = await StreamAsync();
        using SocketTester socket = await SocketTester.OpenAsync(Server);
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}", "transform": "if $ > 5"}""");
        await socket.DoAsync(Nothing);
        Assert.False((await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}"}""")).TryGetProperty("transform", out _));

        await InsertAsync(stream, """[{"t": 1, "d": 1}]""");
        Assert.Equal("""[{"t":1,"d":1}]""", (await socket.ReceiveAsync()).GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task A_subscription_ends_with_its_stream_and_says_so()
    {
        string stream = await StreamAsync();
        using SocketTester socket = await SocketTester.OpenAsync(Server);
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}"}""");

        using HttpClient http = Server.Http();
        await http.DoAsync(HttpMethod.Delete, $"crud/{stream}");

        JsonElement message = await socket.ReceiveAsync();
        Assert.Equal("subscribe", message.GetProperty("cmd").GetString());
        Assert.Equal("not_found", message.GetProperty("error").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_reader_that_is_slow_misses_nothing_and_holds_up_nobody()
    {
        const int inserts = 300;
        string stream = await StreamAsync();
        using SocketTester socket = await SocketTester.OpenAsync(Server);
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}"}""");
        ICdbClient owner = Server.As("me/user");
        string large = new('x', 30_000);
        for (int i = 0; i < inserts; i++)
        {
            BlockBuilder point = new(1);
            point.Add(i, DataValue.From($"{i} {large}"), null);
            await owner.AppendAsync(CdbPath.Parse(stream), point.Build(), false, CancellationToken.None);
        }

        int seen = 0;
        while (seen < inserts)
        {
            foreach (JsonElement point in (await socket.ReceiveAsync()).GetProperty("data").EnumerateArray())
            {
                Assert.StartsWith($"{seen++} ", point.GetProperty("d").GetString());
            }
        }
    }

    [Fact]
    public async Task Who_leaves_while_much_is_on_its_way_stays_connected()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        const string stream = "me/user/s";
        using SocketTester socket = await SocketTester.OpenAsync(server);
        ICdbClient owner = server.As("me/user");
        string large = new('x', 1_000_000);
        for (int i = 0; i < 40; i++)
        {
            BlockBuilder point = new(1);
            point.Add(i, DataValue.From(large), null);
            await owner.AppendAsync(CdbPath.Parse(stream), point.Build(), false, CancellationToken.None);
        }

        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}", "from": 0}""");
        await socket.ReceiveAsync();
        await socket.SendAsync($$"""{"cmd": "unsubscribe", "arg": "{{stream}}"}""");
        while (!(await http.DoAsync(HttpMethod.Get, "/metrics")).Contains("_subscriptions 0", StringComparison.Ordinal))
        {
        }

        JsonElement message;
        do
        {
            message = await socket.ReceiveAsync();
        }
        while (message.GetProperty("stream").GetString() == stream);

        Assert.True(message.GetProperty("ok").GetBoolean());
        await socket.DoAsync(Nothing);
    }

    [Fact]
    public async Task A_transform_that_fails_on_a_batch_says_so_and_the_next_one_leaves_no_gap()
    {
        string stream = await StreamAsync();
        using SocketTester socket = await SocketTester.OpenAsync(Server);
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}", "transform": "$ + 1"}""");

        await InsertAsync(stream, """[{"t": 1, "d": "text"}]""");
        Assert.Equal("script_failed", (await socket.ReceiveAsync()).GetProperty("error").GetProperty("kind").GetString());
        await InsertAsync(stream, """[{"t": 2, "d": 1}]""");

        JsonElement message = await socket.ReceiveAsync();
        Assert.Equal((0, 2), (message.GetProperty("i").GetInt64(), message.GetProperty("next").GetInt64()));
        Assert.Equal("""[{"t":2,"d":2.0}]""", message.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task Nobody_a_wrong_key_and_a_page_of_another_site_get_no_websocket()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("wrong"));

        using HttpClient http = Server.Http();
        using HttpResponseMessage login = await http.GetAsync("login");
        string cookies = string.Join("; ", login.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(null, options =>
        {
            options.SetRequestHeader("Cookie", cookies);
            options.SetRequestHeader("Origin", "https://elsewhere.example");
        }));
        using SocketTester own = await SocketTester.OpenAsync(Server, null, options =>
        {
            options.SetRequestHeader("Cookie", cookies);
            options.SetRequestHeader("Origin", Server.Address.GetLeftPart(UriPartial.Authority));
        });
        await own.DoAsync(Nothing);
    }

    [Fact]
    public async Task A_request_that_opens_no_websocket_is_told_so()
    {
        using HttpClient http = Server.Http();
        Assert.Contains("Upgrade: websocket", await http.RefusedAsync(HttpMethod.Get, "websocket", null, HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_message_that_is_too_long_ends_the_connection_with_its_own_status()
    {
        await using RunningServer server = await RunningServer.StartAsync("--message-limit 1000");
        using SocketTester socket = await SocketTester.OpenAsync(server);

        await socket.SendAsync($$"""{"cmd": "{{new string('x', 1000)}}"}""");

        await Assert.ThrowsAsync<EndOfStreamException>(socket.ReceiveAsync);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.Socket.CloseStatus);
    }

    [Fact]
    public async Task There_are_at_most_so_many_websockets_and_subscriptions()
    {
        await using RunningServer server = await RunningServer.StartAsync("--socket-limit 1 --subscription-limit 1 --login-delay 0");
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        using SocketTester first = await SocketTester.OpenAsync(server);

        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => SocketTester.OpenAsync(server));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);

        await first.DoAsync("""{"cmd": "subscribe", "arg": "me/user/s"}""");
        JsonElement error = await first.RefusedAsync("""{"cmd": "subscribe", "arg": "me/user/s", "transform": "if last"}""");
        Assert.Contains("1 subscriptions", error.GetProperty("msg").GetString());
    }

    [Fact]
    public async Task A_server_that_stops_says_good_bye_and_waits_a_moment_for_the_answer()
    {
        FakeTimeProvider time = new(DateTimeOffset.UtcNow);
        await using RunningServer server = await RunningServer.StartAsync(adapt: builder => builder.Services.AddSingleton<TimeProvider>(time));
        using SocketTester polite = await SocketTester.OpenAsync(server);
        using SocketTester silent = await SocketTester.OpenAsync(server);
        await Task.WhenAll(polite.DoAsync(Nothing), silent.DoAsync(Nothing));
        Task stopped = server.StopAsync();

        foreach (SocketTester socket in (SocketTester[])[polite, silent])
        {
            await Assert.ThrowsAsync<EndOfStreamException>(socket.ReceiveAsync);
            Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.Socket.CloseStatus);
        }

        await polite.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        Assert.False(stopped.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        await stopped.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private async Task<HttpStatusCode?> StatusAsync(string? key, Action<ClientWebSocketOptions>? adapt = null)
        => (await Assert.ThrowsAsync<HttpRequestException>(() => SocketTester.OpenAsync(Server, key, adapt))).StatusCode;

    private async Task<string> StreamAsync(string body = "{}") => (await fixture.AddStreamAsync(body))["crud/".Length..];

    private async Task PresentAsync()
    {
        using HttpClient http = Server.Http();
        await http.SendAsync(HttpMethod.Post, "crud/me/user/present", """{"schema": "{\"type\": \"number\"}"}""");
    }

    private async Task<string> DeviceAsync(string role)
    {
        using HttpClient http = Server.Http();
        string device = fixture.NewName("d");
        await http.DoAsync(HttpMethod.Post, $"crud/me/{device}", $$"""{"role": "{{role}}"}""");
        return Server.KeyOf($"me/{device}");
    }

    private async Task InsertAsync(string stream, string points)
    {
        using HttpClient http = Server.Http();
        await http.DoAsync(HttpMethod.Post, $"crud/{stream}/data", points);
    }
}

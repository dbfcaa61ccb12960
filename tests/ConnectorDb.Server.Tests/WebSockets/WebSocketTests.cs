using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Server.Tests.WebSockets;

public sealed class WebSocketTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>A command without effect.</summary>
    private const string Nothing = """{"cmd": "unsubscribe_all"}""";

    private RunningServer Server => fixture.Server;

    [Fact]
    public async Task Subscribers_receive_inserted_datapoints_with_their_index()
    {
        string stream = await StreamAsync();
        using WebSocketTester socket = await WebSocketTester.OpenAsync(Server);
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

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(-5, 0)]
    public async Task A_subscription_from_a_negative_index_counts_from_the_end(int from, int first)
    {
        string stream = await StreamAsync();
        await InsertAsync(stream, """[{"t": 1, "d": "old"}, {"t": 2, "d": "newest"}]""");
        using WebSocketTester socket = await WebSocketTester.OpenAsync(Server);
        JsonElement answer = await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}", "from": {{from}}}""");
        Assert.Equal(first, answer.GetProperty("i").GetInt64());
        JsonElement message = await socket.ReceiveAsync();
        Assert.Equal((first, 2), (message.GetProperty("i").GetInt64(), message.GetProperty("next").GetInt64()));
    }

    [Fact]
    public async Task A_stream_can_be_subscribed_through_several_transforms_distinguished_by_id()
    {
        string stream = await StreamAsync();
        using WebSocketTester socket = await WebSocketTester.OpenAsync(Server);
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
    public async Task Each_of_many_subscribers_of_one_stream_receives_its_own_format()
    {
        string stream = await StreamAsync();
        await InsertAsync(stream, """[{"t": 1, "d": 1}]""");
        string[] commands = ["", "", ", \"id\": 1", ", \"id\": 2", ", \"from\": 1", ", \"transform\": \"if last\"", ", \"transform\": \"if last\"", ", \"transform\": \"if i == 0\""];
        WebSocketTester[] sockets = await Task.WhenAll(commands.Select(_ => WebSocketTester.OpenAsync(Server)));
        foreach ((WebSocketTester socket, string more) in sockets.Zip(commands))
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
    public async Task A_subscription_can_resume_from_an_index_and_be_ended()
    {
        string stream = await StreamAsync();
        await InsertAsync(stream, """[{"t": 1, "d": 1}, {"t": 2, "d": 2}]""");
        using WebSocketTester socket = await WebSocketTester.OpenAsync(Server);
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}", "from": 1}""");
        Assert.Equal("""[{"t":2,"d":2}]""", (await socket.ReceiveAsync()).GetProperty("data").GetRawText());

        await socket.DoAsync($$"""{"cmd": "unsubscribe", "arg": "{{stream}}"}""");
        await InsertAsync(stream, """[{"t": 3, "d": 3}]""");
        await socket.DoAsync(Nothing);
    }

    [Fact]
    public async Task An_insert_is_restamped_and_subscribers_see_the_stored_times()
    {
        string stream = await StreamAsync();
        using WebSocketTester socket = await WebSocketTester.OpenAsync(Server);
        await InsertAsync(stream, """[{"t": 100, "d": 1}]""");
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}"}""");

        await socket.SendAsync($$"""{"cmd": "insert", "arg": "{{stream}}", "d": [{"t": 5, "d": 2}]}""");

        JsonElement[] messages = [await socket.ReceiveAsync(), await socket.ReceiveAsync()];
        JsonElement data = messages.Single(message => message.GetProperty("stream").GetString() == stream);
        Assert.True(messages.Single(message => message.GetProperty("stream").GetString() == "").GetProperty("ok").GetBoolean());
        Assert.Equal("""[{"t":100,"d":2}]""", data.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task The_owner_receives_inserts_of_others_as_downlink_with_their_origin()
    {
        string stream = await StreamAsync("""{"downlink": true}""");
        string key = await DeviceAsync("writer");
        using WebSocketTester owner = await WebSocketTester.OpenAsync(Server);
        using WebSocketTester other = await WebSocketTester.OpenAsync(Server, key);
        await owner.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}/downlink"}""");

        await other.DoAsync($$"""{"cmd": "insert", "arg": "{{stream}}", "d": [{"t": 1, "d": true}]}""");

        JsonElement message = await owner.ReceiveAsync();
        Assert.Equal($"{stream}/downlink", message.GetProperty("stream").GetString());
        Assert.StartsWith("me/", message.GetProperty("data")[0].GetProperty("o").GetString());
    }

    /// <summary>In ConnectorDB 0.3 the connection went dead.</summary>
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
    public async Task An_invalid_command_is_answered_with_an_error_and_the_next_one_is_executed(string command, string? kind)
    {
        await PresentAsync();
        using WebSocketTester socket = await WebSocketTester.OpenAsync(Server);

        JsonElement error = await socket.RefusedAsync(command);

        Assert.NotEmpty(error.GetProperty("msg").GetString()!);
        Assert.Equal(kind ?? error.GetProperty("kind").GetString(), error.GetProperty("kind").GetString());
        await socket.DoAsync("""{"cmd": "subscribe", "arg": "me/user/present"}""");
    }

    /// <summary>In ConnectorDB 0.3 omitted fields kept the values of the previous command.</summary>
    [Fact]
    public async Task Fields_omitted_in_a_command_are_not_taken_from_the_previous_one()
    {
        string stream = await StreamAsync();
        using WebSocketTester socket = await WebSocketTester.OpenAsync(Server);
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}", "transform": "if $ > 5"}""");
        await socket.DoAsync(Nothing);
        Assert.False((await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}"}""")).TryGetProperty("transform", out _));

        await InsertAsync(stream, """[{"t": 1, "d": 1}]""");
        Assert.Equal("""[{"t":1,"d":1}]""", (await socket.ReceiveAsync()).GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task A_subscription_to_a_deleted_stream_ends_with_an_error()
    {
        string stream = await StreamAsync();
        using WebSocketTester socket = await WebSocketTester.OpenAsync(Server);
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}"}""");

        using HttpClient http = Server.Http();
        await http.DoAsync(HttpMethod.Delete, $"crud/{stream}");

        JsonElement message = await socket.ReceiveAsync();
        Assert.Equal("subscribe", message.GetProperty("cmd").GetString());
        Assert.Equal("not_found", message.GetProperty("error").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_slow_reader_misses_nothing_and_blocks_nobody()
    {
        const int inserts = 300;
        string stream = await StreamAsync();
        using WebSocketTester socket = await WebSocketTester.OpenAsync(Server);
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
    public async Task Unsubscribing_while_data_is_being_sent_keeps_the_connection()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        const string stream = "me/user/s";
        using WebSocketTester socket = await WebSocketTester.OpenAsync(server);
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
    public async Task A_transform_that_fails_on_a_batch_sends_an_error_and_the_next_batch_leaves_no_gap()
    {
        string stream = await StreamAsync();
        using WebSocketTester socket = await WebSocketTester.OpenAsync(Server);
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}", "transform": "$ + 1"}""");

        await InsertAsync(stream, """[{"t": 1, "d": "text"}]""");
        Assert.Equal("script_failed", (await socket.ReceiveAsync()).GetProperty("error").GetProperty("kind").GetString());
        await InsertAsync(stream, """[{"t": 2, "d": 1}]""");

        JsonElement message = await socket.ReceiveAsync();
        Assert.Equal((0, 2), (message.GetProperty("i").GetInt64(), message.GetProperty("next").GetInt64()));
        Assert.Equal("""[{"t":2,"d":2.0}]""", message.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task Anonymous_callers_wrong_keys_and_pages_of_other_sites_get_no_websocket()
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
        using WebSocketTester own = await WebSocketTester.OpenAsync(Server, null, options =>
        {
            options.SetRequestHeader("Cookie", cookies);
            options.SetRequestHeader("Origin", Server.Address.GetLeftPart(UriPartial.Authority));
        });
        await own.DoAsync(Nothing);
    }

    [Fact]
    public async Task A_plain_request_to_the_websocket_address_is_explained()
    {
        using HttpClient http = Server.Http();
        Assert.Contains("Upgrade: websocket", await http.RefusedAsync(HttpMethod.Get, "websocket", null, HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_message_that_is_too_long_closes_the_websocket_with_MessageTooBig()
    {
        await using RunningServer server = await RunningServer.StartAsync("--message-limit 1000");
        using WebSocketTester socket = await WebSocketTester.OpenAsync(server);

        await socket.SendAsync($$"""{"cmd": "{{new string('x', 1000)}}"}""");

        await Assert.ThrowsAsync<EndOfStreamException>(socket.ReceiveAsync);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.Socket.CloseStatus);
    }

    [Fact]
    public async Task Websockets_and_subscriptions_are_limited()
    {
        await using RunningServer server = await RunningServer.StartAsync("--socket-limit 1 --subscription-limit 1 --login-delay 0");
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        using WebSocketTester first = await WebSocketTester.OpenAsync(server);

        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => WebSocketTester.OpenAsync(server));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);

        await first.DoAsync("""{"cmd": "subscribe", "arg": "me/user/s"}""");
        JsonElement error = await first.RefusedAsync("""{"cmd": "subscribe", "arg": "me/user/s", "transform": "if last"}""");
        Assert.Contains("1 subscription, which", error.GetProperty("msg").GetString());
    }

    [Fact]
    public async Task A_stopping_server_closes_its_websockets_and_waits_briefly_for_the_answer()
    {
        FakeTimeProvider time = new(DateTimeOffset.UtcNow);
        await using RunningServer server = await RunningServer.StartAsync(adapt: builder => builder.Services.AddSingleton<TimeProvider>(time));
        using WebSocketTester polite = await WebSocketTester.OpenAsync(server);
        using WebSocketTester silent = await WebSocketTester.OpenAsync(server);
        await Task.WhenAll(polite.DoAsync(Nothing), silent.DoAsync(Nothing));
        Task stopped = server.StopAsync();

        foreach (WebSocketTester socket in (WebSocketTester[])[polite, silent])
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
        => (await Assert.ThrowsAsync<HttpRequestException>(() => WebSocketTester.OpenAsync(Server, key, adapt))).StatusCode;

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

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Queries that would take all memory or never end.</summary>
public sealed class QueryTests
{
    private const string Small = "--login-delay 0 --query-memory 8388608 --query-value-size 1048576";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Doublings =>
    [
        Repeat("""{"a": $, "b": $}"""),
        """ifelse(true, "x") | """ + Repeat("$ + $"),
        """{"a": $} | """ + string.Join(" | ", Enumerable.Range(0, 40).Select(i => $"set('{i}', $)")),
        Repeat("""{"a": $}""", 600),
        """{"a": $, "b": $} | """ + Repeat("""apply({"a": $, "b": $})"""),
    ];

    [Theory]
    [MemberData(nameof(Doublings))]
    public async Task A_transform_that_doubles_is_refused_with_the_limit_and_its_setting(string transform)
    {
        await using RunningServer server = await RunningServer.StartAsync(Small);
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http, 3);

        string merge = JsonSerializer.Serialize(new[] { new { stream = "me/user/s", transform } });
        string message = await http.RefusedAsync(HttpMethod.Post, "query/merge", merge, (HttpStatusCode)422);

        Assert.Matches(@"(1048576|8388608) bytes.*\(--query-(value-size|memory)\)|512 levels", message);
        Assert.Equal("3", await http.DoAsync(HttpMethod.Get, "crud/me/user/s/data?q=length"));
    }

    [Fact]
    public async Task A_dataset_of_tiny_steps_ends_at_the_limit_of_rows()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --query-rows 10");
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http, 3);
        string message = await http.RefusedAsync(
            HttpMethod.Post, "query/dataset", """{"t1": 0, "t2": 4000000000, "dt": 0.00001, "force": true, "dataset": {"s": {"stream": "me/user/s", "interpolator": "closest"}}}""", (HttpStatusCode)422);
        Assert.Contains("10 results", message, StringComparison.Ordinal);
        Assert.Contains("(--query-rows)", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_ends_at_its_limit_of_bytes_with_the_reason_and_stored_datapoints_have_none()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --query-response 100000");
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http, 8000);
        string large = EndlessQuery.Data(Repeat("""{"a": $, "b": $}""", 6));
        using (HttpResponseMessage response = await http.GetAsync(new Uri(large, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            string text = await EndlessQuery.ReadBrokenAsync(response);
            Assert.Contains("100000 bytes, which is the maximum (--query-response)", text, StringComparison.Ordinal);
            Assert.InRange(text.Length, 1, 110_000);
            Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(text));
        }

        string larger = EndlessQuery.Data(Repeat("""{"a": $, "b": $}""", 15));
        Assert.Contains("(--query-response)", await http.GetAsync(larger, (HttpStatusCode)422), StringComparison.Ordinal);
        Assert.InRange((await http.DoAsync(HttpMethod.Get, "crud/me/user/s/data?i1=0")).Length, 100_001, int.MaxValue);
    }

    [Fact]
    public async Task A_dataset_whose_column_reaches_a_limit_after_many_rows_breaks_off_with_the_reason()
    {
        await using RunningServer server = await RunningServer.StartAsync(Small);
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http, 4000);
        string doubling = $"ifelse($ > 3500, {string.Join(':', Enumerable.Repeat("""{"a": $, "b": $}""", 20))}, $)";
        string dataset = JsonSerializer.Serialize(new { t1 = 0, t2 = 4000, dt = 1, dataset = new { s = new { stream = "me/user/s", interpolator = "before", transform = doubling } } });
        using HttpRequestMessage request = new(HttpMethod.Post, "query/dataset") { Content = Answered.Json(dataset) };
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Contains("(--query-", await EndlessQuery.ReadBrokenAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_of_large_blocks_is_read_within_the_memory_of_a_query_and_a_block_beyond_it_is_refused()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --query-memory 8388608");
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        for (int request = 0; request < 4; request++)
        {
            string points = string.Join(',', Enumerable.Range(1, 20).Select(i => $$"""{"t": {{(100 * request) + i}}, "d": "{{new string('x', 400_000)}}"}"""));
            await http.DoAsync(HttpMethod.Post, "crud/me/user/s/data", $"[{points}]");
        }

        Assert.InRange((await http.DoAsync(HttpMethod.Get, "crud/me/user/s/data?i1=0")).Length, 32_000_000, int.MaxValue);

        await http.DoAsync(HttpMethod.Post, "crud/me/user/s/data", $$"""[{"t": 1000, "d": "{{new string('x', 5_000_000)}}"}]""");
        Assert.Contains("(--query-memory)", await http.GetAsync("crud/me/user/s/data?i1=-1", (HttpStatusCode)422), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_value_that_a_script_repeats_arrives_as_often()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http, 100);
        string repeated = "remember(i == 0, " + string.Join(':', Enumerable.Repeat("($ + $)", 18).Prepend("'x'")) + ")";
        using JsonDocument all = JsonDocument.Parse(await http.DoAsync(HttpMethod.Get, EndlessQuery.Data(repeated)));
        Assert.All(all.RootElement.EnumerateArray(), point => Assert.Equal(1 << 18, point.GetProperty("d").GetString()!.Length));
        Assert.Equal(100, all.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task A_query_whose_login_cannot_be_watched_ends_with_the_reason()
    {
        FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddYears(40));
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --query-seconds 80000", builder => builder.Services.AddSingleton<TimeProvider>(clock));
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http);
        using HttpResponseMessage running = await EndlessQuery.BeginAsync(http);
        server.Engine.Dispose();
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("store_closed", await EndlessQuery.ReadBrokenAsync(running), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_of_large_values_ends_at_a_limit()
    {
        await using RunningServer server = await RunningServer.StartAsync(Small);
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http, 500);
        string transform = Uri.EscapeDataString("ifelse(true, 'x') | " + Repeat("$ + $", 12));
        Assert.Contains("(--query-value-size)", await http.GetAsync($"feed/me/user/s.atom?transform={transform}", (HttpStatusCode)422), StringComparison.Ordinal);
        await http.DoAsync(HttpMethod.Get, "feed/me/user/s.atom");
    }

    [Fact]
    public async Task A_merge_of_very_many_streams_ends_at_the_limit_of_memory()
    {
        await using RunningServer server = await RunningServer.StartAsync(Small);
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http, 3);
        string queries = string.Join(',', Enumerable.Repeat("""{"stream": "me/user/s"}""", 2000));
        Assert.Contains("(--query-memory)", await http.RefusedAsync(HttpMethod.Post, "query/merge", $"[{queries}]", (HttpStatusCode)422), StringComparison.Ordinal);
        string few = string.Join(',', Enumerable.Repeat("""{"stream": "me/user/s"}""", 100));
        await http.DoAsync(HttpMethod.Post, "query/merge", $"[{few}]");
    }

    [Fact]
    public async Task Charts_of_very_many_columns_end_at_the_limit_of_memory()
    {
        await using RunningServer server = await RunningServer.StartAsync(Small);
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http, 4000);
        const string Chart = """{"stream": "me/user/s", "every": 0.000001}""";
        string charts = string.Join(',', Enumerable.Repeat(Chart, 200));
        Assert.Contains("(--query-memory)", await http.RefusedAsync(HttpMethod.Post, "query/chart", $"[{charts}]", (HttpStatusCode)422), StringComparison.Ordinal);
        await http.DoAsync(HttpMethod.Post, "query/chart", $"[{Chart}]");
    }

    [Fact]
    public async Task An_endless_query_ends_at_the_limit_of_time()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --query-seconds 1");
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http, 4000);
        Assert.Contains("1 second, which is the maximum (--query-seconds)", await http.GetAsync(EndlessQuery.Data(EndlessQuery.Computing), (HttpStatusCode)422), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_ends_when_its_client_leaves_so_that_the_next_one_gets_its_turn()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --user-queries 1 --query-seconds 80000");
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http, 4000);
        string head = $"GET /api/v1/{EndlessQuery.Data(EndlessQuery.AfterResults)} HTTP/1.1\r\nHost: x\r\nAuthorization: {RunningServer.Basic("", server.OwnerKey)}\r\n\r\n";
        using (TcpClient client = new())
        {
            await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
            using StreamReader response = new(client.GetStream(), leaveOpen: true);
            Assert.Contains("200 OK", await response.ReadLineAsync().WaitAsync(s_patience), StringComparison.Ordinal);

            // Another user has turns of their own while the query computes.
            await http.DoAsync(HttpMethod.Post, "crud/ada", """{"password": "the password of ada", "email": "ada@example.org", "devices": {"d": {"streams": {"s": {}}}}}""");
            using HttpClient ada = server.Http(server.KeyOf("ada/user"));
            await ada.DoAsync(HttpMethod.Get, "crud/ada/d/s/data?i1=0&i2=0").WaitAsync(s_patience);
        }

        await http.DoAsync(HttpMethod.Get, "crud/me/user/s/data?i1=0&i2=10").WaitAsync(s_patience);
    }

    [Fact]
    public async Task A_subscription_reports_a_batch_that_its_transform_cannot_process_and_goes_on()
    {
        await using RunningServer server = await RunningServer.StartAsync(Small);
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        using WebSocketTester socket = await WebSocketTester.OpenAsync(server);
        string transform = "ifelse(contains('double'), " + Repeat("$ + $").Replace(" | ", ":", StringComparison.Ordinal).Replace("$ + $", "($ + $)", StringComparison.Ordinal) + ")";
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "me/user/s", "transform": "{{transform}}"}""");

        await http.DoAsync(HttpMethod.Post, "crud/me/user/s/data", """[{"t": 1, "d": "double"}]""");
        Assert.Contains("(--query-value-size)", (await socket.ReceiveAsync()).ToString(), StringComparison.Ordinal);
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s/data", """[{"t": 2, "d": "single"}]""");
        Assert.Contains("single", (await socket.ReceiveAsync()).ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_server_stops_within_its_patience_whatever_runs()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        using TempFolder folder = new();
        using ServerProcess server = await ServerProcess.StartAsync(folder, "--stop-patience", "80000", "--query-seconds", "80000");
        server.Http.BaseAddress = new Uri(server.Http.BaseAddress!, "api/v1/");
        await EndlessQuery.FillAsync(server.Http);
        using TcpClient unfinished = new();
        await unfinished.ConnectAsync(IPAddress.Loopback, server.Http.BaseAddress.Port);
        await unfinished.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/crud/me/user/s/data HTTP/1.1\r\nHost: x\r\nAuthorization: {server.Http.DefaultRequestHeaders.Authorization}\r\nContent-Length: 9\r\n\r\n["));
        using TcpClient begun = new();
        await begun.ConnectAsync(IPAddress.Loopback, server.Http.BaseAddress.Port);
        await begun.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: x\r\n"u8.ToArray());
        Task<HttpResponseMessage>[] running = [.. Enumerable.Range(0, 3).Select(_ => server.Http.GetAsync(EndlessQuery.Data(EndlessQuery.Computing)))];
        await server.Http.DoAsync(HttpMethod.Get, "crud/me/user/s/data?q=length");

        Assert.Equal(0, await server.TerminateAsync().WaitAsync(s_patience));
        using StreamReader refused = new(unfinished.GetStream(), Encoding.ASCII);
        Assert.Equal("HTTP/1.1 503 Service Unavailable", await refused.ReadLineAsync());
        foreach (Task<HttpResponseMessage> query in running)
        {
            using HttpResponseMessage answer = await query;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("\"kind\":\"busy\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_user_has_a_maximum_of_open_queries_of_which_others_notice_nothing()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --user-open-queries 1 --query-seconds 80000");
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http);
        await http.DoAsync(HttpMethod.Post, "crud/ada", """{"password": "the password of ada", "email": "ada@example.org", "devices": {"d": {"streams": {"s": {}}}}}""");
        using (HttpResponseMessage running = await EndlessQuery.BeginAsync(http))
        {
            using HttpResponseMessage refused = await http.GetAsync(new Uri("crud/me/user/s/data?i1=0&i2=10", UriKind.Relative));
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter?.Delta);
            Assert.Contains("(--user-open-queries)", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using HttpClient ada = server.Http(server.KeyOf("ada/user"));
            await ada.DoAsync(HttpMethod.Get, "crud/ada/d/s/data?i1=0&i2=0");
        }

        using CancellationTokenSource patience = new(s_patience);
        while ((await http.SendAsync(HttpMethod.Get, "crud/me/user/s/data?i1=0&i2=10")).Status != HttpStatusCode.OK)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static string Repeat(string stage, int times = 40) => string.Join(" | ", Enumerable.Repeat(stage, times));
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Regular expressions of very many states, which take microseconds for a character of a text, and megabytes; and very many of them.</summary>
public sealed class ExpressionTests
{
    private const string Slow = "regex('(?:a[ab]{900})+[^ab]')";

    /// <summary>Each of the first thousand characters of a text makes a new state, in milliseconds: five seconds for a text on a fast machine.</summary>
    private const string Longest = "(?:a?b?a?b?a?){250}c";
    private const string Data = "crud/me/user/s/data";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>No text takes too long, but all of them do.</summary>
    [Fact]
    public async Task Many_texts_end_at_the_time_of_the_query()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --query-seconds 1");
        using HttpClient http = server.Http();
        await FillAsync(http, count: 200, length: 5_000);
        Assert.Contains("(--query-seconds)", await http.GetAsync(EndlessQuery.Data(string.Join(" or ", Enumerable.Repeat(Slow, 10))), (HttpStatusCode)422), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_texts_end_when_the_client_leaves_so_that_its_next_query_gets_its_turn()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --user-queries 1 --query-seconds 80000");
        using HttpClient http = server.Http();
        await FillAsync(http, count: 200, length: 5_000);
        string script = string.Join(" or ", Enumerable.Repeat(Slow, 100));
        string head = $"GET /api/v1/{EndlessQuery.Data(script)} HTTP/1.1\r\nHost: x\r\nAuthorization: {RunningServer.Basic("", server.OwnerKey)}\r\n\r\n";
        using (TcpClient client = new())
        {
            await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
            await http.DoAsync(HttpMethod.Get, "crud/me");
        }

        await http.DoAsync(HttpMethod.Get, "crud/me/user/s/data?i1=0&i2=1").WaitAsync(s_patience);
    }

    /// <summary>Without the limit of the query, the error would be that of the match.</summary>
    [Fact]
    public async Task One_long_match_ends_at_the_time_of_the_query()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --query-seconds 1");
        using HttpClient http = server.Http();
        await FillAsync(http, count: 1, length: 10_000);
        Assert.Contains("(--query-seconds)", await http.GetAsync(EndlessQuery.Data($"regex('{Longest}')"), (HttpStatusCode)422), StringComparison.Ordinal);
    }

    /// <summary>The first 64 texts are short, so that the response has begun when the long one is compared.</summary>
    [Fact]
    public async Task One_long_match_does_not_keep_a_query_that_is_left_but_keeps_its_turn()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --user-queries 1");
        using HttpClient http = server.Http();
        await FillAsync(http, count: 64, length: 10);
        await http.DoAsync(HttpMethod.Post, Data, $"\"{TextOf(10_000)}\"");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/other", "{}");
        using WebSocketTester next = await WebSocketTester.OpenAsync(server);
        await next.DoAsync("""{"cmd": "subscribe", "arg": "me/user/other", "transform": "$"}""");
        Task<JsonElement> turn;
        using (HttpResponseMessage left = await http.GetAsync(new Uri(EndlessQuery.Data($"regex('{Longest}')"), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal(HttpStatusCode.OK, left.StatusCode);
            await http.DoAsync(HttpMethod.Post, "crud/me/user/other/data", "1");
            turn = next.ReceiveAsync();
        }

        await IsEndedAsync(http, HttpMethod.Get, 200);
        await http.DoAsync(HttpMethod.Get, "crud/me");
        Assert.False(turn.IsCompleted);
        Assert.Equal("me/user/other", (await turn).GetProperty("stream").GetString());
    }

    [Fact]
    public async Task One_long_match_of_the_pattern_of_a_schema_does_not_keep_an_insert_that_is_left()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", JsonSerializer.Serialize(new { schema = JsonSerializer.Serialize(new { pattern = Longest }) }));
        using CancellationTokenSource leaving = new();
        using StringContent value = Answered.Json($"\"{TextOf(10_000)}\"");
        Task<HttpResponseMessage> left = http.PostAsync(new Uri(Data, UriKind.Relative), value, leaving.Token);
        await http.DoAsync(HttpMethod.Get, "crud/me");
        Assert.False(left.IsCompleted);
        await leaving.CancelAsync();
        await IsEndedAsync(http, HttpMethod.Post, 499);
    }

    [Fact]
    public async Task Very_many_patterns_of_one_query_end_at_the_limit_of_memory_and_equal_ones_count_once()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await FillAsync(http, count: 1, length: 10);
        Assert.Contains("(--query-memory)", await http.RefusedAsync(HttpMethod.Post, "query/merge", Merge(1, Enumerable.Range(0, 5_500).Select(i => $"regex('a{i}')")), (HttpStatusCode)422), StringComparison.Ordinal);
        Assert.Contains("(--query-memory)", await http.RefusedAsync(HttpMethod.Post, "query/merge", Merge(1, Enumerable.Range(0, 10).Select(i => $"regex('(?:[ab]?[bc]?){{350}}d{i}')")), (HttpStatusCode)422), StringComparison.Ordinal);
        await http.DoAsync(HttpMethod.Post, "query/merge", Merge(100, Enumerable.Repeat(Slow, 10)));
    }

    [Fact]
    public async Task Patterns_of_subscriptions_count_as_memory_of_their_user_until_they_end()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --user-memory 100000000");
        using HttpClient http = server.Http();
        await FillAsync(http, count: 1, length: 10);
        using WebSocketTester socket = await WebSocketTester.OpenAsync(server);
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "me/user/s", "transform": "{{Slow}}"}""");
        Assert.Contains("(--user-memory)", (await socket.RefusedAsync($$"""{"cmd": "subscribe", "arg": "me/user/s", "transform": "{{Slow}} or false"}""")).ToString(), StringComparison.Ordinal);
        await socket.DoAsync($$"""{"cmd": "unsubscribe", "arg": "me/user/s", "transform": "{{Slow}}"}""");
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "me/user/s", "transform": "{{Slow}} or false"}""");
    }

    [Fact]
    public async Task Very_many_patterns_of_a_schema_are_refused_and_equal_ones_count_once()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        Assert.Contains("4000 characters", await http.RefusedAsync(HttpMethod.Post, "crud/me/user/s", Schema(Enumerable.Range(0, 1000).Select(i => $"a{i}")), HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("4000 characters", await http.RefusedAsync(HttpMethod.Post, "crud/me/user/s", Schema(Enumerable.Range(0, 10).Select(i => $"(?:[ab]?[bc]?){{350}}d{i}")), HttpStatusCode.BadRequest), StringComparison.Ordinal);
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", Schema(Enumerable.Repeat("a{900}", 1000)));
    }

    [Fact]
    public async Task Very_many_patterns_of_a_query_as_to_InfluxDB_are_refused()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        using FormUrlEncodedContent query = new(new Dictionary<string, string> { ["db"] = "d", ["q"] = $"SELECT v FROM m WHERE {string.Join(" OR ", Enumerable.Range(0, 100).Select(i => $"host =~ /a{{100}}{i}/"))}" });
        using HttpResponseMessage answer = await http.PostAsync(new Uri("/query", UriKind.Relative), query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("4000 characters", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string Merge(int streams, IEnumerable<string> conditions)
        => JsonSerializer.Serialize(Enumerable.Repeat(new { stream = "me/user/s", transform = string.Join(" or ", conditions) }, streams));

    private static string Schema(IEnumerable<string> patterns) => JsonSerializer.Serialize(new { schema = JsonSerializer.Serialize(new { allOf = patterns.Select(pattern => new { pattern }) }) });

    /// <summary>Waits until a request to the datapoints has ended with the status; 499 because its client has left.</summary>
    private static async Task IsEndedAsync(HttpClient http, HttpMethod method, int status)
    {
        string metrics;
        using CancellationTokenSource patience = new(s_patience);
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            metrics = await http.DoAsync(HttpMethod.Get, "/metrics");
            Assert.DoesNotContain(Count(method, 422), metrics, StringComparison.Ordinal);
            Assert.DoesNotContain(Count(method, 400), metrics, StringComparison.Ordinal);
        }
        while (!metrics.Contains(Count(method, status), StringComparison.Ordinal));
    }

    private static string Count(HttpMethod method, int status) => $$"""http_request_duration_seconds_count{method="{{method}}",route="/api/v1/crud/{user}/{device}/{stream}/data",status="{{status}}"}""";

    private static async Task FillAsync(HttpClient http, int count, int length)
    {
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        string text = TextOf(length);
        string points = string.Join(',', Enumerable.Range(1, count).Select(t => $$"""{"t": {{t}}, "d": "{{text}}"}"""));
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s/data", $"[{points}]");
    }

    private static string TextOf(int length)
    {
        StringBuilder text = new(length);
        Random random = new(1);
        for (int i = 0; i < length; i++)
        {
            text.Append(random.Next(2) == 0 ? 'a' : 'b');
        }

        return text.ToString();
    }
}

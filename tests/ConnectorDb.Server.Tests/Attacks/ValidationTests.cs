using System.Net;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Values that take a stream's schema long to check.</summary>
public sealed class ValidationTests
{
    private const int Doublings = 15;

    /// <summary>Takes many of the steps that one value may take.</summary>
    private static readonly string s_slow = JsonSerializer.Serialize(new
    {
        schema = $$$"""{"$ref": "#/definitions/n0", "definitions": {{{{string.Join(", ", Enumerable.Range(0, Doublings).Select(Doubling))}}}, "n{{{Doublings}}}": {"maxItems": 9} }}""",
    });

    [Fact]
    public async Task Values_after_a_change_of_the_schema_are_checked_while_others_write()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        using HttpClient other = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/slow", "{}");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/other", "{}");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/slow/data", """{"t": 0.5, "d": 0}""");
        await http.DoAsync(HttpMethod.Put, "crud/me/user/slow", s_slow);
        Task<string> insert = http.DoAsync(HttpMethod.Post, "crud/me/user/slow/data", Arrays(200));
        int others = 0;
        for (; !insert.IsCompleted; others++)
        {
            await other.DoAsync(HttpMethod.Post, "crud/me/user/other/data", "1");
        }

        await insert;
        Assert.Equal("201", await http.DoAsync(HttpMethod.Get, "crud/me/user/slow/data?q=length"));
        Assert.InRange(others, 10, int.MaxValue);
    }

    [Fact]
    public async Task A_check_that_takes_too_long_ends_with_the_limit_and_nothing_is_stored()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --query-seconds 1");
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/slow", s_slow);
        using HttpRequestMessage lenient = new(HttpMethod.Post, "crud/me/user/slow/data") { Content = Answered.Json(Arrays(100_000)), Headers = { { "Prefer", "handling=lenient" } } };
        using HttpResponseMessage answer = await http.SendAsync(lenient);
        Assert.Equal((HttpStatusCode)422, answer.StatusCode);
        Assert.Contains("1 second, which is the maximum (--query-seconds)", await http.RefusedAsync(HttpMethod.Post, "crud/me/user/slow/data", Arrays(100_000), (HttpStatusCode)422), StringComparison.Ordinal);
        Assert.Equal("0", await http.DoAsync(HttpMethod.Get, "crud/me/user/slow/data?q=length"));
    }

    [Fact]
    public async Task A_check_ends_when_its_client_leaves_and_those_of_a_user_take_turns()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --query-seconds 80000 --user-queries 1");
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/slow", s_slow);
        await http.DoAsync(HttpMethod.Post, "crud/me/user/other", "{}");
        using (CancellationTokenSource leaving = new())
        {
            using StringContent values = Answered.Json(Arrays(100_000));
            Task<HttpResponseMessage> endless = http.PostAsync(new Uri("crud/me/user/slow/data", UriKind.Relative), values, leaving.Token);
            for (int i = 0; i < 20; i++)
            {
                await http.DoAsync(HttpMethod.Post, "crud/me/user/other/data", "1");
            }

            Assert.False(endless.IsCompleted);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        }

        // Its turn comes when the other one has ended.
        await http.DoAsync(HttpMethod.Post, "crud/me/user/slow/data", Arrays(50));
        Assert.Equal("50", await http.DoAsync(HttpMethod.Get, "crud/me/user/slow/data?q=length"));
    }

    private static string Doubling(int i) => $$"""  "n{{i}}": {"allOf": [{"$ref": "#/definitions/n{{i + 1}}"}, {"$ref": "#/definitions/n{{i + 1}}"}]}  """;

    /// <summary>Values that are not checked as a column.</summary>
    private static string Arrays(int count) => $"[{string.Join(',', Enumerable.Range(1, count).Select(i => $$"""{"t": {{i}}, "d": [1]}"""))}]";
}

using System.Globalization;
using System.Net;
using System.Text.Json;
using ConnectorDb.Contracts;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Queries that name very many streams, or the same large one again and again.</summary>
public sealed class ManyStreamsTests
{
    private const HttpStatusCode Unprocessable = (HttpStatusCode)422;

    /// <summary>A long search is read in parts, each of which could take the whole time of a query.</summary>
    [Fact]
    public async Task A_search_by_label_is_one_query_until_it_ends()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --user-open-queries 1");
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/many", JsonSerializer.Serialize(new { streams = Enumerable.Range(0, 100).ToDictionary(i => $"s{i}", _ => new { labels = new { room = "hall" } }) }));
        await using ICdbClient client = server.As("me/user");
        await using (IAsyncEnumerator<CdbStream> search = client.FindStreamsAsync([new LabelPattern("room", "*")], CancellationToken.None).GetAsyncEnumerator())
        {
            Assert.True(await search.MoveNextAsync());
            Assert.Contains("--user-open-queries", await http.GetAsync("crud?q=find&label=room=*", HttpStatusCode.TooManyRequests), StringComparison.Ordinal);
        }

        Assert.Equal(100, JsonDocument.Parse(await http.DoAsync(HttpMethod.Get, "crud?q=find&label=room=**")).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task A_query_has_a_maximum_of_streams_and_columns()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --query-streams 3");
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http, 3);
        foreach ((string path, Func<int, string> body) in new (string, Func<int, string>)[]
        {
            ("query/ends", count => List(count, "\"me/user/s\"")),
            ("query/merge", count => List(count, """{"stream": "me/user/s"}""")),
            ("query/chart", count => List(count, """{"stream": "me/user/s", "columns": 2}""")),
            ("query/dataset", Columns),
        })
        {
            await http.DoAsync(HttpMethod.Post, path, body(3));
            string message = await http.RefusedAsync(HttpMethod.Post, path, body(4), Unprocessable);
            Assert.Contains("more than 3 streams or columns, which is the maximum (--query-streams)", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_newest_values_of_many_streams_end_at_the_limit_of_memory()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --query-memory 8388608");
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s/data", JsonSerializer.Serialize(new string('x', 1_000_000)));
        await http.DoAsync(HttpMethod.Post, "query/ends", List(2, "\"me/user/s\""));
        Assert.Contains("(--query-memory)", await http.RefusedAsync(HttpMethod.Post, "query/ends", List(9000, "\"me/user/s\""), Unprocessable), StringComparison.Ordinal);
    }

    /// <summary>Each column of texts counts with its states.</summary>
    [Fact]
    public async Task Charts_of_many_states_end_at_the_limit_of_memory()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --query-memory 8388608");
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s/data", $"[{string.Join(',', Enumerable.Range(1, 32 * 1000).Select(i => $$"""{"t": {{i}}, "d": "state {{i % 32}}"}"""))}]");
        const string Chart = """{"stream": "me/user/s", "every": 32}""";
        await http.DoAsync(HttpMethod.Post, "query/chart", List(2, Chart));
        Assert.Contains("(--query-memory)", await http.RefusedAsync(HttpMethod.Post, "query/chart", List(4, Chart), Unprocessable), StringComparison.Ordinal);
    }

    private static string List(int count, string item) => $"[{string.Join(',', Enumerable.Repeat(item, count))}]";

    private static string Columns(int count) => JsonSerializer.Serialize(new
    {
        t1 = 0,
        t2 = 3,
        dt = 1,
        dataset = Enumerable.Range(0, count).ToDictionary(i => i.ToString(CultureInfo.InvariantCulture), _ => new { stream = "me/user/s", interpolator = "closest" }),
    });
}

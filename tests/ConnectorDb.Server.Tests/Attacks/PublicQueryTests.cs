using System.Net;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Queries of callers without a login that take all they can get.</summary>
public sealed class PublicQueryTests
{
    private const string Stream = "pub/open/s";

    [Fact]
    public async Task A_query_without_a_login_ends_at_limits_of_its_own_that_users_do_not_have()
    {
        await using RunningServer server = await StartAsync("--query-seconds 80000 --public-query-seconds 1 --public-query-memory 8388608");
        using HttpClient nobody = server.Http(null);
        using HttpClient owner = server.Http();
        Assert.Contains(
            "1 second, which is the maximum (--public-query-seconds)", await nobody.GetAsync(EndlessQuery.Data(EndlessQuery.Computing, Stream), (HttpStatusCode)422), StringComparison.Ordinal);

        string large = EndlessQuery.Data("ifelse(true, 'x') | " + string.Join(" | ", Enumerable.Repeat("$ + $", 23)), Stream) + "&i2=1";
        Assert.Contains("which is the maximum (--public-query-memory)", await nobody.GetAsync(large, (HttpStatusCode)422), StringComparison.Ordinal);
        await owner.DoAsync(HttpMethod.Get, large);
    }

    [Fact]
    public async Task All_queries_without_a_login_share_one_budget_and_leave_those_of_users_alone()
    {
        await using RunningServer server = await StartAsync("--public-query-seconds 80000 --public-open-queries 1 --user-queries 1 --user-open-queries 1");
        using HttpClient nobody = server.Http(null);
        using HttpClient owner = server.Http();
        using HttpResponseMessage running = await EndlessQuery.BeginAsync(nobody, Stream);
        string some = $"crud/{Stream}/data?i1=0&i2=2";
        string refusal = await nobody.GetAsync(some, HttpStatusCode.TooManyRequests);
        Assert.Contains("Callers without a login have 1 query that has not ended, which is the maximum (--public-open-queries)", refusal, StringComparison.Ordinal);
        Assert.Equal("""[{"t":1,"d":1},{"t":2,"d":2}]""", await owner.DoAsync(HttpMethod.Get, some));
    }

    [Fact]
    public async Task The_memory_of_all_queries_without_a_login_is_limited_together()
    {
        await using RunningServer server = await StartAsync("--public-query-memory 2097152 --public-memory 1048576");
        using HttpClient nobody = server.Http(null);
        string message = await nobody.GetAsync(EndlessQuery.Data("ifelse(true, 'x') | " + string.Join(" | ", Enumerable.Repeat("$ + $", 19)), Stream) + "&i2=1", HttpStatusCode.TooManyRequests);
        Assert.Contains("callers without a login need more than 1048576 bytes of memory, which is the maximum (--public-memory)", message, StringComparison.Ordinal);
    }

    private static async Task<RunningServer> StartAsync(string settings)
    {
        RunningServer server = await RunningServer.StartAsync("--login-delay 0 --public-reading " + settings);
        using HttpClient owner = server.Http();
        await owner.DoAsync(HttpMethod.Post, "crud/pub", """{"email": "pub@example.org", "password": "the password of pub", "public": true, "devices": {"open": {"public": true}}}""");
        using HttpClient device = server.Http(server.KeyOf("pub/open"));
        await EndlessQuery.FillAsync(device, stream: Stream);
        return server;
    }
}

using System.Net;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Faults;

/// <summary>Hundreds of requests wait for a database that does not answer.</summary>
[Collection(PostgresCollection.Name)]
public sealed class SlowDatabaseTests(PostgresServer postgres) : IAsyncLifetime
{
    private const int Requests = 500;

    /// <summary>Far less than a thread for each request.</summary>
    private const int MostThreads = 250;

    /// <summary>Less than the time after which a statement fails.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(25);

    private readonly RequestCounter _arrived = new("/data", Requests + 2);
    private RunningServer? _server;

    public async Task InitializeAsync()
    {
        if (postgres.IsRunning)
        {
            _server = await RunningServer.StartAsync(adapt: _arrived.AddTo, store: postgres.EmptyDatabase());
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Reads_that_wait_hold_no_thread_each_and_health_answers()
    {
        postgres.SkipWhenMissing();
        using HttpClient http = _server!.Http();
        await AddStreamAsync(http, "locked");
        await AddStreamAsync(http, "other");
        Task<HttpResponseMessage>[] reads;
        using (await postgres.LockAsync("LOCK TABLE connectordb.tail, connectordb.segments"))
        {
            reads = [.. Enumerable.Range(0, Requests).Select(_ => http.GetAsync("crud/me/user/locked/data?i1=0&i2=0"))];
            await _arrived.Reached.WaitAsync(s_patience);

            await AssertHealthyAsync();
            Assert.InRange(ThreadPool.ThreadCount, 1, MostThreads);
            Assert.DoesNotContain(reads, read => read.IsCompleted);
        }

        foreach (HttpResponseMessage response in await Task.WhenAll(reads))
        {
            Assert.Equal("""[{"t":1,"d":1}]""", await response.Content.ReadAsStringAsync());
        }
    }

    [SkippableFact]
    public async Task While_appends_wait_for_one_stream_health_reads_and_appends_of_others_answer()
    {
        postgres.SkipWhenMissing();
        using HttpClient http = _server!.Http();
        await AddStreamAsync(http, "held");
        await AddStreamAsync(http, "other");
        Task<HttpResponseMessage>[] appends;
        using (await postgres.LockAsync("SELECT FROM connectordb.sequences q JOIN connectordb.streams s ON s.id = q.stream WHERE s.name = 'held' FOR UPDATE OF q"))
        {
            appends = [.. Enumerable.Range(0, Requests).Select(i => http.PutAsync("crud/me/user/held/data", new StringContent("""[{"d": 1}]""")))];
            await _arrived.Reached.WaitAsync(s_patience);

            await AssertHealthyAsync();
            foreach (string stream in (string[])["held", "other"])
            {
                Assert.Equal("1", await http.DoAsync(HttpMethod.Get, $"crud/me/user/{stream}/data?q=length"));
            }

            await http.DoAsync(HttpMethod.Put, "crud/me/user/other/data", """[{"d": 2}]""");
            Assert.DoesNotContain(appends, append => append.IsCompleted);
            Assert.InRange(ThreadPool.ThreadCount, 1, MostThreads);
        }

        Assert.All(await Task.WhenAll(appends), response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal($"{Requests + 1}", await http.DoAsync(HttpMethod.Get, "crud/me/user/held/data?q=length"));
    }

    private static async Task AddStreamAsync(HttpClient http, string name)
    {
        await http.DoAsync(HttpMethod.Post, $"crud/me/user/{name}", "{}");
        await http.DoAsync(HttpMethod.Post, $"crud/me/user/{name}/data", """[{"t": 1, "d": 1}]""");
    }

    private async Task AssertHealthyAsync()
    {
        using HttpClient http = _server!.Http(null);
        Assert.Equal("Healthy", await http.GetStringAsync(new Uri(_server!.Address, "/health")));
    }
}

using System.Net;
using System.Net.WebSockets;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Server.Tests.Support;
using ConnectorDb.Testing.Clients;

namespace ConnectorDb.Server.Tests.Faults;

/// <summary>Two servers over one database in PostgreSQL, behind any load balancer.</summary>
[Collection(PostgresCollection.Name)]
public sealed class TwoServersTests(PostgresServerFixture fixture, PostgresServer postgres) : IClassFixture<PostgresServerFixture>, IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private static int s_names;
    private readonly TempFolder _folder = new();
    private RunningServer? _other;

    private RunningServer One => fixture.Server;

    private RunningServer Other => _other!;

    public async Task InitializeAsync() => _other = await RunningServer.StartAsync(store: One.StorePath, keyFolder: One.KeyFolder);

    public async Task DisposeAsync() => await Other.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task An_append_to_one_reaches_a_subscriber_of_the_other()
    {
        string stream = await AddStreamAsync();
        await using ICdbClient client = await RemoteClient.OpenAsync(new RemoteOptions { Url = Other.Address, ApiKey = Other.OwnerKey }, CancellationToken.None);
        await using Follower follower = new(await client.SubscribeAsync(new SubscriptionQuery(CdbPath.Parse(stream)), CancellationToken.None));

        await AppendAsync(One, stream, 1);
        await AppendAsync(Other, stream, 2);
        await AppendAsync(One, stream, 3);

        Assert.Equal([2.0, 3.0, 4.0], (await follower.Take(3)).Select(point => point.T));
    }

    [SkippableFact]
    public async Task One_insert_id_at_both_is_stored_once()
    {
        string stream = await AddStreamAsync();
        for (int i = 0; i < 20; i++)
        {
            string id = $"{stream} {i}";
            HttpStatusCode[] results = await Task.WhenAll(AppendAsync(One, stream, i, id), AppendAsync(Other, stream, i, id), AppendAsync(One, stream, i, id));

            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], results);
        }

        using HttpClient http = Other.Http();
        Assert.Equal("20", await http.DoAsync(HttpMethod.Get, $"crud/{stream}/data?q=length"));
    }

    [SkippableFact]
    public async Task A_session_is_valid_at_both_and_ends_at_both()
    {
        using Browser browser = await Browser.LogInAsync(One, RunningServer.Basic("", One.OwnerKey));
        using Browser elsewhere = browser.At(Other);
        Assert.Equal(await browser.WhoAsync(), await elsewhere.WhoAsync());
        using WebSocketTester socket = await elsewhere.OpenWebSocketAsync(Other);

        await browser.Http.DoAsync(HttpMethod.Post, "logout");

        await elsewhere.RefusedAsync();
        await Assert.ThrowsAnyAsync<Exception>(socket.ReceiveAsync);
        Assert.NotEqual(WebSocketState.Open, socket.Socket.State);
    }

    [SkippableFact]
    public async Task A_key_that_is_reset_at_one_is_refused_by_the_other_at_once()
    {
        string name = NewName("d");
        using HttpClient owner = One.Http();
        await owner.DoAsync(HttpMethod.Post, $"crud/me/{name}", "{}");
        using HttpClient device = Other.Http(Other.KeyOf($"me/{name}"));
        await device.DoAsync(HttpMethod.Get, "?q=this");

        await owner.DoAsync(HttpMethod.Put, $"crud/me/{name}", """{"apikey": ""}""");

        await device.GetAsync("?q=this", HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task One_of_them_polls_and_the_other_when_it_ends()
    {
        string[] configurations = [Configuration("first"), Configuration("second")];
        await using RunningServer first = await PollingAsync(configurations[0]);
        await UntilPolledAsync("first");
        using Captured log = new();
        await using RunningServer second = await PollingAsync(configurations[1], log);
        Assert.Contains("Another server of this store polls", log.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["second.jsonl"]));

        await first.StopAsync();

        await UntilPolledAsync("second");
    }

    [SkippableFact]
    public async Task A_server_whose_connection_breaks_stops_its_poller_and_polls_again()
    {
        using Captured log = new();
        await using RunningServer server = await PollingAsync(Configuration("only"), log);
        await UntilPolledAsync("only");

        postgres.Execute("tests", "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");

        using CancellationTokenSource patience = new(s_patience);
        while (log.Text.Split("Polling into the logger").Length < 3)
        {
            await Task.Delay(s_pause, patience.Token);
        }

        Assert.Contains("Polling stops here", log.Text, StringComparison.Ordinal);
    }

    private static string NewName(string start) => $"{start}{Interlocked.Increment(ref s_names)}-two";

    private async Task<string> AddStreamAsync()
    {
        string stream = $"me/user/{NewName("s")}";
        using HttpClient http = One.Http();
        await http.DoAsync(HttpMethod.Post, $"crud/{stream}", "{}");
        return stream;
    }

    private static async Task<HttpStatusCode> AppendAsync(RunningServer server, string stream, int t, string? id = null)
    {
        using HttpClient http = server.Http();
        if (id is not null)
        {
            http.DefaultRequestHeaders.Add("X-ConnectorDb-Insert-Id", id);
        }

        return (await http.SendAsync(HttpMethod.Post, $"crud/{stream}/data", $$"""[{"t": {{t + 1}}, "d": 1}]""")).Status;
    }

    private string Configuration(string name)
    {
        File.WriteAllText(_folder[$"{name}.json"], $$"""
            {
              "destination": { "sinks": [{ "jsonFile": "{{name}}.jsonl" }], "continuousWrite": true },
              "items": [{ "name": "up", "key": "system.uptime", "interval": 1 }]
            }
            """);
        return _folder[$"{name}.json"];
    }

    private Task<RunningServer> PollingAsync(string configuration, Captured? log = null)
        => RunningServer.StartAsync($"--poll {configuration} --Logging:LogLevel:Default Information", log is null ? null : log.AddTo, One.StorePath, One.KeyFolder);

    private async Task UntilPolledAsync(string name)
    {
        using CancellationTokenSource patience = new(s_patience);
        while (!File.Exists(_folder[$"{name}.jsonl"]) || !OpenFiles.ReadText(_folder[$"{name}.jsonl"]).Contains("\"up\"", StringComparison.Ordinal))
        {
            await Task.Delay(s_pause, patience.Token);
        }
    }
}

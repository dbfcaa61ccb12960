using System.Net;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Metrics;

public sealed class MetricsTests
{
    [Fact]
    public async Task The_metrics_count_requests_datapoints_and_failed_logins()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s/data", """[{"d": 1}, {"d": 2}]""");
        await http.GetAsync("crud/me/user/none", HttpStatusCode.NotFound);
        using HttpClient wrong = server.Http("no key of anyone");
        await wrong.GetAsync("?q=this", HttpStatusCode.Unauthorized);

        string[] metrics = (await http.DoAsync(HttpMethod.Get, "/metrics")).Split('\n');
        const string Requests = "connectordb_http_request_duration_seconds";
        Assert.Contains("connectordb_datapoints_inserted_total 2", metrics);
        Assert.Contains("connectordb_logins_failed_total 1", metrics);
        Assert.Contains($"{Requests}_count{{method=\"POST\",route=\"/api/v1/crud/{{user}}/{{device}}/{{stream}}/data\",status=\"200\"}} 1", metrics);
        Assert.Contains($"{Requests}_bucket{{method=\"GET\",route=\"/api/v1/crud/{{user}}/{{device}}/{{stream}}\",status=\"404\",le=\"+Inf\"}} 1", metrics);
        Assert.All(metrics.Where(line => line.Length > 0), line => Assert.Matches("""^(# (HELP|TYPE) \w+ .+|\w+({.*})? [-+0-9.eE]+)$""", line));
    }

    [Fact]
    public async Task The_server_is_healthy_while_its_store_answers()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http(null);
        Assert.Equal("Healthy", await http.DoAsync(HttpMethod.Get, "/health"));
        Assert.Equal("", await http.DoAsync(HttpMethod.Head, "/health"));
        server.Engine.Dispose();
        await http.GetAsync("/health", HttpStatusCode.ServiceUnavailable);
    }
}

using System.Diagnostics;
using System.Net;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Metrics;

public sealed class StreamMetricsTests
{
    private const string Checker = "/usr/bin/promtool";

    [Fact]
    public async Task The_newest_numbers_of_the_streams_of_the_caller_are_metrics_with_labels()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await FillAsync(http);
        string[] lines = (await http.DoAsync(HttpMethod.Get, "/metrics/streams")).Split('\n');
        Assert.Equal(
            [
                """connectordb_stream_value{user="me",device="user",stream="door",r_m="2",r_m_2="€",label_stream="a\"b\\c\nd",label_user="x"} 1""",
                """connectordb_stream_value{user="me",device="user",stream="room",member="temp"} 21.5""",
                """connectordb_stream_value{user="me",device="user",stream="room",member="open"} 0""",
            ],
            lines.Where(line => line.StartsWith("connectordb_stream_value", StringComparison.Ordinal)));
        Assert.Contains("""connectordb_stream_timestamp_seconds{user="me",device="user",stream="room"} 1500000000.5""", lines);
        Assert.DoesNotContain(lines, line => line.Contains("text", StringComparison.Ordinal) || line.Contains("empty", StringComparison.Ordinal));

        string[] some = (await http.DoAsync(HttpMethod.Get, "/metrics/streams?label=user=*")).Split('\n');
        Assert.All(some.Where(line => line.StartsWith("connectordb_stream_value", StringComparison.Ordinal)), line => Assert.Contains("stream=\"door\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_login_or_with_a_wrong_label_there_are_none()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await FillAsync(http);
        using HttpClient nobody = server.Http(null), wrong = server.Http("no key of anyone");
        Assert.DoesNotContain("{", await nobody.GetStringAsync(new Uri("/metrics/streams", UriKind.Relative)), StringComparison.Ordinal);
        await wrong.GetAsync("/metrics/streams", HttpStatusCode.Unauthorized);
        await http.GetAsync("/metrics/streams?label=user", HttpStatusCode.BadRequest);
    }

    /// <summary>The labels are repeated for each member, so that a megabyte could become gigabytes.</summary>
    [Fact]
    public async Task The_labels_of_an_object_with_many_members_do_not_make_the_response_larger_than_its_maximum()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        string labels = string.Join(',', Enumerable.Range(0, 60).Select(i => $"\"k{i}\": \"{new string('v', 1000)}\""));
        await http.DoAsync(HttpMethod.Post, "crud/me/user/wide", $"{{\"labels\": {{{labels}}}}}");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/wide/data", $"[{{\"t\": 1, \"d\": {{{string.Join(',', Enumerable.Range(0, 3000).Select(i => $"\"m{i}\": 1"))}}}}}]");

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetStringAsync(new Uri("/metrics/streams", UriKind.Relative)));

        Assert.Equal("me/user", await http.GetStringAsync(new Uri("/api/v1/?q=this", UriKind.Relative)));
    }

    [SkippableFact]
    public async Task Prometheus_accepts_the_text()
    {
        Skip.IfNot(File.Exists(Checker), "The package 'prometheus' is needed.");
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await FillAsync(http);
        using Process process = Process.Start(new ProcessStartInfo(Checker, ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await process.StandardInput.WriteAsync(await http.DoAsync(HttpMethod.Get, "/metrics/streams"));
        process.StandardInput.Close();
        string problems = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal((0, ""), (process.ExitCode, problems));
    }

    [SkippableFact]
    public async Task Prometheus_scrapes_the_streams_that_a_label_selects()
    {
        RequestCounter scrapes = new("/metrics/streams", expected: 3);
        await using RunningServer server = await RunningServer.StartAsync(adapt: scrapes.AddTo);
        using HttpClient http = server.Http();
        await FillAsync(http);
        await http.DoAsync(HttpMethod.Get, "/metrics/streams");
        using PrometheusServer prometheus = new(server.Address.Authority, server.OwnerKey, "user=*");
        await prometheus.InitializeAsync();
        prometheus.SkipWhenMissing();

        // The first request is that of the test. Prometheus stores one scrape before it begins the next.
        await scrapes.Reached;

        using HttpClient asker = new() { BaseAddress = prometheus.Address };
        using JsonDocument answer = JsonDocument.Parse(await asker.GetStringAsync(new Uri("/api/v1/query?query=connectordb_stream_value", UriKind.Relative)));
        JsonElement series = Assert.Single(answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray());
        Assert.Equal(("door", "€", "1"), (Metric("stream"), Metric("r_m_2"), series.GetProperty("value")[1].GetString()));

        string? Metric(string label) => series.GetProperty("metric").GetProperty(label).GetString();
    }

    private static async Task FillAsync(HttpClient http)
    {
        await http.DoAsync(HttpMethod.Post, "crud/me/user/door", """{"labels": {"user": "x", "stream": "a\"b\\c\nd", "r.m": "€", "r-m": "2"}}""");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/door/data", """[{"t": 1500000000, "d": false}, {"t": 1500000001, "d": true}]""");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/room", "{}");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/room/data", """[{"t": 1500000000.5, "d": {"temp": 21.5, "open": false, "text": "warm"}}]""");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/text", "{}");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/text/data", """[{"t": 1500000000, "d": "text"}]""");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/empty", "{}");
    }
}

using System.Net;
using System.Text.Json;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Server.Tests.Support;
using ConnectorDb.Sinks;

namespace ConnectorDb.Server.Tests.Polling;

/// <summary>Poll items over REST and in the configuration file.</summary>
public sealed class PollItemTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Config => _folder["poll.json"];

    private string Cache => _folder["cache.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Items_are_added_listed_read_and_removed_in_the_format_of_rpdemo()
    {
        await using RunningServer server = await StartAsync();
        using HttpClient http = server.Http();
        Assert.Equal("[]", await http.DoAsync(HttpMethod.Get, "/items/"));
        (HttpStatusCode status, string text) = await http.SendAsync(HttpMethod.Post, "/items/", """{"name": "this one", "key": "net.ping", "arg": "127.0.0.1", "interval": 1.5}""");
        Assert.Equal(HttpStatusCode.Created, status);
        JsonElement item = JsonDocument.Parse(text).RootElement;
        Assert.Equal(["name", "key", "arg", "interval", "last_value", "next_poll_time", "poll_in_progress", "url", "last_value_time", "last_error"], item.EnumerateObject().Select(member => member.Name));
        Assert.Equal(1.5, item.GetProperty("interval").GetDouble());
        Assert.Equal(new Uri(server.Address, "/items/this%20one").AbsoluteUri, item.GetProperty("url").GetString());
        Assert.Contains("this one", await http.DoAsync(HttpMethod.Get, item.GetProperty("url").GetString()!), StringComparison.Ordinal);
        Assert.Equal("""{"result":true}""", await http.DoAsync(HttpMethod.Delete, "/items/this%20one"));
        Assert.Equal("[]", await http.DoAsync(HttpMethod.Get, "/items/"));
    }

    [Fact]
    public async Task After_a_failed_measurement_an_item_has_its_error_and_no_value()
    {
        string file = _folder["value.txt"];
        await File.WriteAllTextAsync(file, "21.5");
        await using RunningServer server = await StartAsync($$"""{"items": [{"name": "a", "key": "file.value", "arg": {{JsonSerializer.Serialize(file)}}, "interval": 1}]}""");
        using HttpClient http = server.Http();
        JsonElement good = await WhenAsync(item => item.GetProperty("last_value").ValueKind == JsonValueKind.Number);
        Assert.Equal((21.5, JsonValueKind.Null), (good.GetProperty("last_value").GetDouble(), good.GetProperty("last_error").ValueKind));
        File.Delete(file);
        JsonElement bad = await WhenAsync(item => item.GetProperty("last_error").ValueKind == JsonValueKind.String);
        Assert.Equal(JsonValueKind.Null, bad.GetProperty("last_value").ValueKind);
        Assert.InRange(bad.GetProperty("last_value_time").GetDouble(), good.GetProperty("last_value_time").GetDouble(), UnixTime.FromDateTimeOffset(DateTimeOffset.UtcNow));

        async Task<JsonElement> WhenAsync(Func<JsonElement, bool> isSo)
        {
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
            while (true)
            {
                JsonElement item = JsonDocument.Parse(await http.DoAsync(HttpMethod.Get, "/items/a")).RootElement;
                if (isSo(item))
                {
                    return item;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
            }
        }
    }

    [Fact]
    public async Task A_server_without_poller_explains_how_to_start_one()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        (HttpStatusCode status, string text) = await http.SendAsync(HttpMethod.Get, "/items/");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("--poll", JsonDocument.Parse(text).RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("50% of c:\\d")]
    [InlineData("a%2Fb")]
    [InlineData("ö ?&#+")]
    public async Task An_item_is_found_at_its_url_whatever_its_name(string name)
    {
        await using RunningServer server = await StartAsync();
        using HttpClient http = server.Http();
        string added = (await http.SendAsync(HttpMethod.Post, "/items/", $$"""{"name": {{JsonSerializer.Serialize(name)}}, "key": "system.uptime", "interval": 60}""")).Text;
        string url = JsonDocument.Parse(added).RootElement.GetProperty("url").GetString()!;
        Assert.Equal(name, JsonDocument.Parse(await http.DoAsync(HttpMethod.Get, url)).RootElement.GetProperty("name").GetString());
        Assert.Equal("""{"result":true}""", await http.DoAsync(HttpMethod.Delete, url));
        Assert.Equal("[]", await http.DoAsync(HttpMethod.Get, "/items/"));
    }

    [Theory]
    [InlineData("POST", "/items/", "no JSON", 400)]
    [InlineData("POST", "/items/", """{"name": "a", "interval": 1}""", 400)]
    [InlineData("POST", "/items/", """{"name": "a", "key": "net.ping"}""", 400)]
    [InlineData("POST", "/items/", """{"name": "a", "key": "net.ping", "interval": 0.005}""", 400)]
    [InlineData("POST", "/items/", """{"name": "a", "key": "net.pong", "interval": 1}""", 400)]
    [InlineData("POST", "/items/", """{"name": "a", "key": "exec.value", "arg": "id", "interval": 1}""", 403)]
    [InlineData("POST", "/items/", """{"name": "there", "key": "net.ping", "interval": 1}""", 422)]
    [InlineData("GET", "/items/none", null, 404)]
    [InlineData("DELETE", "/items/none", null, 404)]
    [InlineData("PUT", "/items/there", "{}", 405)]
    [InlineData("POST", "/items/there", "{}", 405)]
    [InlineData("DELETE", "/items/", null, 404)]
    public async Task A_rejected_request_has_a_status_and_a_reason(string method, string path, string? body, int expected)
    {
        await using RunningServer server = await StartAsync("""{"items": [{"name": "there", "key": "system.uptime", "interval": 60}]}""");
        using HttpClient http = server.Http();
        (HttpStatusCode status, string text) = await http.SendAsync(new HttpMethod(method), path, body);
        Assert.Equal((HttpStatusCode)expected, status);
        JsonProperty error = Assert.Single(JsonDocument.Parse(text).RootElement.EnumerateObject());
        Assert.Equal("error", error.Name);
        Assert.NotEmpty(error.Value.GetString()!);
    }

    [Fact]
    public async Task Only_administrators_see_and_change_items()
    {
        await using RunningServer server = await StartAsync();
        using (HttpClient nobody = server.Http(null))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.SendAsync(HttpMethod.Get, "/items/")).Status);
        }

        await server.As("me/user").CreateDeviceAsync(CdbPath.Parse("me/pi"), new DeviceDefinition(), CancellationToken.None);
        using HttpClient device = server.Http(server.KeyOf("me/pi"));
        Assert.Equal(HttpStatusCode.Forbidden, (await device.SendAsync(HttpMethod.Get, "/items/")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await device.SendAsync(HttpMethod.Post, "/items/", """{"name": "a", "key": "system.uptime", "interval": 1}""")).Status);
    }

    [Fact]
    public async Task A_hundred_parallel_changes_and_a_restart_neither_lose_nor_duplicate_items()
    {
        string[] old = [.. Enumerable.Range(0, 50).Select(i => $"old{i}")];
        string items = string.Join(',', old.Select(name => $$"""{"name": "{{name}}", "key": "system.uptime", "interval": 60}"""));
        await using (RunningServer server = await StartAsync($$"""{"items": [{{items}}]}"""))
        {
            using HttpClient http = server.Http();
            (HttpStatusCode Status, string)[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => i % 2 == 0
                ? http.SendAsync(HttpMethod.Post, "/items/", $$"""{"name": "new{{i / 2}}", "key": "system.uptime", "interval": 60}""")
                : http.SendAsync(HttpMethod.Delete, $"/items/old{i / 2}")));
            Assert.All(answers, answer => Assert.True((int)answer.Status < 300));
        }

        await using RunningServer again = await StartAsync(null);
        using HttpClient later = again.Http();
        JsonElement list = JsonDocument.Parse(await later.DoAsync(HttpMethod.Get, "/items/")).RootElement;
        Assert.Equal(
            Enumerable.Range(0, 50).Select(i => $"new{i}").Order(StringComparer.Ordinal),
            list.EnumerateArray().Select(item => item.GetProperty("name").GetString()!));
    }

    [Fact]
    public async Task Values_go_to_the_logger_and_counts_to_the_metrics()
    {
        await using RunningServer server = await StartAsync("""{"items": [{"name": "up", "key": "system.uptime", "interval": 1}]}""");
        using HttpClient http = server.Http();
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        while (!File.Exists(_folder["values.jsonl"]) || !(await File.ReadAllTextAsync(_folder["values.jsonl"], patience.Token)).Contains("\"up\"", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }

        string metrics = await http.DoAsync(HttpMethod.Get, "/metrics");
        Assert.Matches(@"connectordb_poll_values_total [1-9]", metrics);
        Assert.Matches("""connectordb_poll_item_values_total\{item="up"\} [1-9]""", metrics);
        Assert.Matches("""connectordb_poll_item_duration_seconds\{item="up"\} [0-9.E-]+""", metrics);
        using HttpClient nobody = server.Http(null);
        string seen = await nobody.DoAsync(HttpMethod.Get, "/metrics");
        Assert.Matches(@"connectordb_poll_values_total [1-9]", seen);
        Assert.DoesNotContain("poll_item_", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("\"up\"", seen, StringComparison.Ordinal);
        Assert.All(metrics.Split('\n').Where(line => line.Length > 0), line => Assert.Matches("""^(# (HELP|TYPE) \w+ .+|\w+({.*})? [-+0-9.eE]+)$""", line));
    }

    [Fact]
    public async Task An_invalid_configuration_stops_the_start_and_the_error_contains_the_lines()
    {
        InvalidConfigurationException error = await Assert.ThrowsAsync<InvalidConfigurationException>(() => StartAsync("{\n\"items\": 3}"));
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_logger_the_error_explains_how_to_open_one()
    {
        await File.WriteAllTextAsync(Config, """{"items": []}""");
        InvalidValueException error = await Assert.ThrowsAsync<InvalidValueException>(() => RunningServer.StartAsync($"--poll {Config}"));
        Assert.Contains("--poll-logger", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_logger_of_the_poller_tells_administrators_what_waits_for_each_destination()
    {
        await using RunningServer server = await StartAsync();
        using HttpClient http = server.Http();
        JsonElement logger = JsonDocument.Parse(await http.DoAsync(HttpMethod.Get, "loggers")).RootElement.EnumerateArray().Single();
        Assert.Equal(Cache, logger.GetProperty("path").GetString());
        JsonElement destination = logger.GetProperty("destinations").EnumerateArray().Single();
        Assert.Contains("values.jsonl", destination.GetProperty("location").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, JsonValueKind.Null), (destination.GetProperty("waiting").GetInt64(), destination.GetProperty("last_error").ValueKind));
        await http.DoAsync(HttpMethod.Post, "crud/me/pi", "{}");
        using HttpClient device = server.Http(server.KeyOf("me/pi"));
        Assert.Equal(HttpStatusCode.Forbidden, (await device.GetAsync("loggers")).StatusCode);
    }

    [Fact]
    public async Task A_server_without_a_poller_has_no_logger()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        Assert.Equal("[]", await http.DoAsync(HttpMethod.Get, "loggers"));
    }

    /// <param name="config">The content of the file; null to keep the existing file.</param>
    private async Task<RunningServer> StartAsync(string? config = """{"items": []}""")
    {
        if (config is not null)
        {
            await File.WriteAllTextAsync(Config, config);
            await using DataLogger logger = DataLogger.Open(new DataLoggerOptions { Path = Cache, OpenSink = settings => SinkCatalog.Open(settings, new SinkContext { Connect = SettingsClient.Open }) });
            logger.Change(settings => settings with { SyncPeriod = TimeSpan.FromSeconds(1) });
            logger.AddSink(new JsonFileSettings { Path = _folder["values.jsonl"] });
        }

        return await RunningServer.StartAsync($"--login-delay 0 --poll {Config} --poll-logger {Cache}");
    }
}

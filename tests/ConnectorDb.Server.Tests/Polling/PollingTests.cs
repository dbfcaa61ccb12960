using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Polling;

/// <summary>A server that polls, logs and delivers from a configuration file alone.</summary>
public sealed class PollingTests(InfluxServer influx) : IClassFixture<InfluxServer>, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private readonly TempFolder _folder = new();

    private string Config => _folder["poll.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_configuration_file_alone_is_enough_to_poll_and_deliver()
    {
        await File.WriteAllTextAsync(Config, """
            {
              "destination": { "sinks": [{ "jsonFile": "values.jsonl" }, { "connectorDb": "other.cdb" }], "continuousWrite": true },
              "items": [{ "name": "up", "key": "system.uptime", "interval": 1 }]
            }
            """);
        await using RunningServer server = await RunningServer.StartAsync($"--poll {Config}");
        await Until(() => File.Exists(_folder["values.jsonl"]) && OpenFiles.ReadText(_folder["values.jsonl"]).Contains("\"up\"", StringComparison.Ordinal));
        await Until(() => File.Exists(_folder["other.cdb"]));
        Assert.True(File.Exists(_folder["poll.outbox"]));
    }

    [Fact]
    public async Task Poller_metrics_are_delivered_like_values_when_configured()
    {
        await File.WriteAllTextAsync(Config, """
            {
              "destination": { "sinks": [{ "jsonFile": "values.jsonl" }], "continuousWrite": true },
              "metrics": { "interval": 1 },
              "items": [{ "name": "up", "key": "system.uptime", "interval": 60 }]
            }
            """);
        await using RunningServer server = await RunningServer.StartAsync($"--poll {Config}");
        await Until(() => File.Exists(_folder["values.jsonl"]) && OpenFiles.ReadText(_folder["values.jsonl"]).Contains("\"poller_up\"", StringComparison.Ordinal));
        Assert.Contains("\"poller\"", OpenFiles.ReadText(_folder["values.jsonl"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_background_failure_is_logged_once()
    {
        await File.WriteAllTextAsync(Config, $$"""
            {
              "destination": { "sinks": [{ "influxDb": "http://127.0.0.1:1", "database": "none" }], "continuousWrite": true },
              "items": [{ "name": "lost", "key": "file.value", "arg": {{System.Text.Json.JsonSerializer.Serialize(_folder["none"])}}, "interval": 1, "timeout": 60 }, { "name": "up", "key": "system.uptime", "interval": 1 }]
            }
            """);
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync($"--poll {Config}", log.AddTo);
        await Until(() => log.Text.Contains("The poll item 'lost' cannot be measured", StringComparison.Ordinal) && log.Text.Contains("Cannot send to 'InfluxDb'", StringComparison.Ordinal));
        await File.WriteAllTextAsync(_folder["none"], "1");
        await Until(() => log.Text.Contains("The poll item 'lost' can be measured again", StringComparison.Ordinal));
        Assert.Single(log.Lines, line => line.Contains("The poll item 'lost' cannot be measured", StringComparison.Ordinal));
        Assert.Single(log.Lines, line => line.Contains("Cannot send", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_in_the_file_reaches_only_its_destination()
    {
        const string Secret = "open-sesame-7";
        await File.WriteAllTextAsync(_folder["token"], Secret);
        using LoopbackServer influxDb = new() { Answer = _ => new LoopbackReply(401) };
        await File.WriteAllTextAsync(Config, $$"""
            {
              "destination": { "sinks": [{ "influxDb": "{{influxDb.Url}}", "database": "house", "token": { "file": "token" } }], "continuousWrite": true },
              "items": [{ "name": "up", "key": "system.uptime", "interval": 1 }]
            }
            """);
        using Captured log = new();
        await using (RunningServer server = await RunningServer.StartAsync($"--poll {Config} --log-file {_folder["server.log"]}", log.AddTo))
        {
            await Until(() => log.Text.Contains("Cannot send to 'InfluxDb'", StringComparison.Ordinal));
            Assert.NotEmpty(influxDb.Requests);
            Assert.All(influxDb.Requests, request => Assert.Equal($"Token {Secret}", request.Headers["Authorization"]));
        }

        Assert.DoesNotContain(Secret, log.Text, StringComparison.Ordinal);
        Assert.All(
            Directory.GetFiles(_folder.Root).Where(file => file != _folder["token"]),
            file => Assert.DoesNotContain(Secret, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task An_unchanged_rpdemo_file_produces_the_points_that_rpdemo_writes()
    {
        influx.SkipWhenMissing();
        Skip.IfNot(OperatingSystem.IsLinux(), "The load average is for Linux.");
        await File.WriteAllTextAsync(Config, """
            {
              "database": "rpdemo",
              "polling_threads": 4,
              "items": [
                { "interval": 1, "name": "loadavg1 1s", "key": "system.loadavg1", "arg": null },
                { "interval": 1, "name": "loadavg15 1s", "key": "system.loadavg15", "arg": null },
                { "interval": 2, "name": "ping here", "key": "net.ping", "arg": "127.0.0.1" },
                { "interval": 10, "name": "sensehat humidity", "key": "sensehat.humidity", "arg": null }
              ]
            }
            """);
        await using RunningServer server = await RunningServer.StartAsync($"--login-delay 0 --poll {Config} --poll-influx-db {influx.Url}");
        await Until(() => influx.Query("rpdemo", """SELECT count("loadavg1 1s"), count("loadavg15 1s"), count("ping here") FROM rpdemo""") is { } counts
            && counts.Split('\n') is [_, { Length: > 0 } row, ..]
            && row.Split(',')[3..].All(count => int.TryParse(count, out int points) && points >= 2));

        string types = influx.Query("rpdemo", "SHOW FIELD KEYS");
        Assert.Contains("rpdemo,,loadavg1 1s,float", types, StringComparison.Ordinal);
        Assert.Contains("rpdemo,,ping here,float", types, StringComparison.Ordinal);
        Assert.DoesNotContain("sensehat", types, StringComparison.Ordinal);
        Assert.DoesNotContain("rpdemo", influx.Query("rpdemo", "SHOW TAG KEYS"), StringComparison.Ordinal);
        Assert.Matches("(?m)^rpdemo,,[0-9]{19},[0-9.]+,[0-9.]+", influx.Query("rpdemo", """SELECT "loadavg1 1s", "loadavg15 1s" FROM rpdemo"""));
    }

    [Fact]
    public async Task A_logger_in_the_settings_replaces_the_database_of_rpdemo()
    {
        await File.WriteAllTextAsync(Config, """{"database": "rpdemo", "items": []}""");
        await using RunningServer server = await RunningServer.StartAsync($"--poll {Config} --poll-logger {_folder["mine.db"]}");
        Assert.True(File.Exists(_folder["mine.db"]));
        Assert.False(File.Exists(_folder["poll.outbox"]));
    }

    [Fact]
    public async Task A_destination_that_the_file_no_longer_contains_causes_a_warning()
    {
        await File.WriteAllTextAsync(Config, """{"destination": {"sinks": [{"jsonFile": "old.jsonl", "name": "old"}]}, "items": []}""");
        await (await RunningServer.StartAsync($"--poll {Config}")).DisposeAsync();
        await File.WriteAllTextAsync(Config, """{"destination": {"sinks": [{"jsonFile": "new.jsonl", "name": "new"}]}, "items": []}""");
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync($"--poll {Config}", log.AddTo);
        Assert.Contains(log.Lines, line => line.Contains("Warning", StringComparison.Ordinal) && line.Contains("-RemoveSink 'old'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"destination": {"sinks": [{"scriptBlock": "1"}]}, "items": []}""", "PowerShell only")]
    [InlineData("""{"destination": {"sinks": [{"influxDb": "nowhere", "database": "a"}]}, "items": []}""", "line 1")]
    public async Task An_impossible_destination_stops_the_start(string config, string expected)
    {
        await File.WriteAllTextAsync(Config, config);
        InvalidConfigurationException error = await Assert.ThrowsAsync<InvalidConfigurationException>(() => RunningServer.StartAsync($"--poll {Config}"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static async Task Until(Func<bool> isSo)
    {
        using CancellationTokenSource patience = new(s_patience);
        while (!isSo())
        {
            await Task.Delay(s_pause, patience.Token);
        }
    }
}

using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Hosting;

/// <summary>A server that polls, logs and delivers with nothing but a configuration file.</summary>
public sealed class PollTests(InfluxServer influx) : IClassFixture<InfluxServer>, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private readonly TempFolder _folder = new();

    private string Config => _folder["poll.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_file_alone_is_enough()
    {
        await File.WriteAllTextAsync(Config, """
            {
              "destination": { "sinks": [{ "jsonFile": "values.jsonl" }, { "connectorDb": "other.cdb" }], "continuousWrite": true },
              "items": [{ "name": "up", "key": "system.uptime", "interval": 1 }]
            }
            """);
        await using RunningServer server = await RunningServer.StartAsync($"--poll {Config}");
        await Until(() => File.Exists(_folder["values.jsonl"]) && File.ReadAllText(_folder["values.jsonl"]).Contains("\"up\"", StringComparison.Ordinal));
        await Until(() => File.Exists(_folder["other.cdb"]));
        Assert.True(File.Exists(_folder["poll.outbox"]));
    }

    [Fact]
    public async Task How_the_poller_stands_goes_the_same_way_if_wanted()
    {
        await File.WriteAllTextAsync(Config, """
            {
              "destination": { "sinks": [{ "jsonFile": "values.jsonl" }], "continuousWrite": true },
              "metrics": { "interval": 1 },
              "items": [{ "name": "up", "key": "system.uptime", "interval": 60 }]
            }
            """);
        await using RunningServer server = await RunningServer.StartAsync($"--poll {Config}");
        await Until(() => File.Exists(_folder["values.jsonl"]) && File.ReadAllText(_folder["values.jsonl"]).Contains("\"poller_up\"", StringComparison.Ordinal));
        Assert.Contains("\"poller\"", await File.ReadAllTextAsync(_folder["values.jsonl"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_wrong_in_the_background_is_in_the_log_once()
    {
        await File.WriteAllTextAsync(Config, $$"""
            {
              "destination": { "sinks": [{ "influxDb": "http://127.0.0.1:1", "database": "none" }], "continuousWrite": true },
              "items": [{ "name": "lost", "key": "file.value", "arg": {{System.Text.Json.JsonSerializer.Serialize(_folder["none"])}}, "interval": 1, "timeout": 60 }, { "name": "up", "key": "system.uptime", "interval": 1 }]
            }
            """);
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync($"--poll {Config}", log.AddTo);
        await Until(() => log.Text.Contains("The item 'lost' has no value", StringComparison.Ordinal) && log.Text.Contains("Nothing can be sent to 'InfluxDb'", StringComparison.Ordinal));
        await File.WriteAllTextAsync(_folder["none"], "1");
        await Until(() => log.Text.Contains("The item 'lost' has values again", StringComparison.Ordinal));
        Assert.Single(log.Lines, line => line.Contains("The item 'lost' has no value", StringComparison.Ordinal));
        Assert.Single(log.Lines, line => line.Contains("Nothing can be sent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_of_the_file_reaches_its_destination_and_nothing_else()
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
            await Until(() => log.Text.Contains("Nothing can be sent to 'InfluxDb'", StringComparison.Ordinal));
            Assert.NotEmpty(influxDb.Requests);
            Assert.All(influxDb.Requests, request => Assert.Equal($"Token {Secret}", request.Headers["Authorization"]));
        }

        Assert.DoesNotContain(Secret, log.Text, StringComparison.Ordinal);
        Assert.All(
            Directory.GetFiles(_folder.Root).Where(file => file != _folder["token"]),
            file => Assert.DoesNotContain(Secret, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_file_of_rpdemo_as_it_is_ends_in_points_as_rpdemo_writes_them()
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
    public async Task A_logger_that_is_named_takes_the_place_of_the_database_of_rpdemo()
    {
        await File.WriteAllTextAsync(Config, """{"database": "rpdemo", "items": []}""");
        await using RunningServer server = await RunningServer.StartAsync($"--poll {Config} --poll-logger {_folder["mine.db"]}");
        Assert.True(File.Exists(_folder["mine.db"]));
        Assert.False(File.Exists(_folder["poll.outbox"]));
    }

    [Fact]
    public async Task A_destination_of_the_logger_that_the_file_no_longer_names_is_warned_of()
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
    public async Task What_cannot_be_sent_to_stops_the_start(string config, string expected)
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

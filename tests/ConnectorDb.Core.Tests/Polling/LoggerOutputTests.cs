using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Polling.Configuration;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;
using ConnectorDb.Polling;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Polling;

/// <summary>From a poller into a real logger, and from there to real destinations.</summary>
public sealed class LoggerOutputTests(InfluxServer influx) : IClassFixture<InfluxServer>
{
    [Fact]
    public async Task Each_item_has_its_own_stream_and_objects_are_kept_as_objects()
    {
        await using LoggerFile file = new(new Database());
        RecordingSink sink = file.AddRecorder();
        LoggerOutput output = new(file.Logger);
        PollItem cpu = Item("cpu"), disk = Item("disk") with { Stream = "pi/disk" };
        output.Write([new(cpu, 10, DataValue.From(1.5)), new(disk, 11, DataValue.Parse("""{"free":3}""")), new(cpu, 12, DataValue.From(2.5))]);
        await file.Sync();
        Assert.Equal(["cpu 10 1.5", "cpu 12 2.5", "pi/disk 11 {\"free\":3}"], sink.Entries.Select(item => FormattableString.Invariant($"{item.Channel} {item.T} {item.Value}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_stream_is_created_with_unit_and_description()
    {
        await using LoggerFile file = new(new Database());
        file.Logger.AddSink(file.ToDatabase);
        PollItem own = Item("up"), said = Item("attic") with { Key = "net.ping", Unit = "parsecs", Tags = new Dictionary<string, string> { ["room"] = "attic" } };
        new LoggerOutput(file.Logger).Write([new(own, 10, DataValue.From(1.5)), new(said, 10, DataValue.From(2.5))]);
        Assert.True((await file.Sync()).Succeeded);
        Assert.Equal("s The time since this machine was started.", Meaning(file, "up"));
        Assert.Equal("parsecs The round trip to a host. room: attic.", Meaning(file, "attic"));
    }

    [Fact]
    public async Task Invalid_characters_in_stream_names_are_replaced()
    {
        await using LoggerFile file = new(new Database());
        file.Logger.AddSink(file.ToDatabase);
        new LoggerOutput(file.Logger).Write([new(Item("ping example.org"), 10, DataValue.From(1.5))]);
        Assert.True((await file.Sync()).Succeeded);
        Assert.Equal([10], file.Stored("ping_example_org"));
    }

    [Fact]
    public async Task A_declared_stream_is_created_as_declared()
    {
        await using LoggerFile file = new(new Database());
        file.Logger.AddSink(file.ToDatabase);
        file.AddStream("up", """{"type":"number"}""");
        new LoggerOutput(file.Logger).Write([new(Item("up") with { Unit = "s" }, 10, DataValue.From(1.5))]);
        Assert.True((await file.Sync()).Succeeded);
        Assert.Equal(" ", Meaning(file, "up"));
    }

    [SkippableFact]
    public async Task Points_of_a_stream_have_the_tags_and_the_unit_of_the_item_in_InfluxDb()
    {
        influx.SkipWhenMissing();
        await using LoggerFile file = new(new Database());
        file.Logger.AddSink(new InfluxDbSettings { Url = influx.Url, Version = 1, Database = "tagged", CreateDatabase = true });
        PollItem tagged = Item("up") with { Unit = "s", Tags = new Dictionary<string, string> { ["room"] = "attic" } };
        LoggerOutput output = new(file.Logger);
        output.Write([new(tagged, 10, DataValue.From(1.5)), new(Item("bare"), 10, DataValue.From(1.5))]);
        Assert.True((await file.Sync()).Succeeded);
        output.Write([new(tagged with { Unit = "min" }, 11, DataValue.From(2.5))]);
        new LoggerOutput(file.Logger).Write([new(tagged with { Unit = "min" }, 12, DataValue.From(3.5))]);
        Assert.True((await file.Sync()).Succeeded);
        Assert.Equal(
            "bare|up,room=attic,unit=min|up,room=attic,unit=s",
            string.Join('|', influx.Query("tagged", "SHOW SERIES").Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(row => row.Split(",,")[^1].Replace("\\,", ",", StringComparison.Ordinal).Trim('"')).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Points_of_different_tags_arrive_in_the_order_of_their_times()
    {
        await using LoggerFile file = new(new Database());
        file.Logger.AddSink(file.ToDatabase);
        PollItem bare = Item("bare"), tagged = Item("tagged") with { Tags = new Dictionary<string, string> { ["room"] = "attic" } };
        new LoggerOutput(file.Logger, "house").Write([new(bare, 10, DataValue.From(1L)), new(tagged, 11, DataValue.From(2L)), new(bare, 12, DataValue.From(3L)), new(tagged, 13, DataValue.From(4L))]);
        Assert.True((await file.Sync()).Succeeded);
        Assert.Equal([10, 11, 12, 13], file.Stored("house"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("house")]
    public async Task A_rejected_value_does_not_block_others(string? measurement)
    {
        await using LoggerFile file = new(new Database());
        RecordingSink sink = file.AddRecorder();
        PollItem nan = Item("nan"), cpu = Item("cpu"), load = Item("load");
        IReadOnlyList<RefusedValue> refused = new LoggerOutput(file.Logger, measurement).Write([new(cpu, 10, DataValue.From(1L)), new(nan, 10, DataValue.From(double.NaN)), new(load, 10, DataValue.From(2L))]);
        Assert.Equal("nan", Assert.Single(refused).Value.Item.Name);
        await file.Sync();
        Assert.Equal(measurement is null ? 2 : 1, sink.Entries.Count);
        Assert.All((string[])["cpu", "load"], name => Assert.Contains(sink.Entries, item => $"{item.Channel} {item.Value}".Contains(name, StringComparison.Ordinal)));
        Assert.All(sink.Entries, item => Assert.DoesNotContain("nan", $"{item.Channel} {item.Value}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_value_that_violates_a_declared_schema_is_rejected()
    {
        await using LoggerFile file = new(new Database());
        RecordingSink sink = file.AddRecorder();
        file.AddStream("strict", """{"type":"number"}""");
        PollItem strict = Item("strict"), free = Item("free");
        IReadOnlyList<RefusedValue> refused = new LoggerOutput(file.Logger).Write([new(strict, 10, DataValue.From("warm")), new(free, 10, DataValue.From("warm")), new(strict, 11, DataValue.From(1L))]);
        Assert.Equal(("strict", 10), (Assert.Single(refused).Value.Item.Name, refused[0].Value.T));
        await file.Sync();
        Assert.Equal(["free 10", "strict 11"], sink.Entries.Select(item => $"{item.Channel} {item.T}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_values_of_a_second_are_one_point_for_each_set_of_tags()
    {
        await using LoggerFile file = new(new Database());
        RecordingSink sink = file.AddRecorder();
        LoggerOutput output = new(file.Logger, "house");
        PollItem cpu = Item("cpu"), load = Item("load"), attic = Item("attic") with { Tags = new Dictionary<string, string> { ["room"] = "attic" } };
        output.Write([new(cpu, 10, DataValue.From(1L)), new(attic, 10.5, DataValue.Parse("""{"t":3}""")), new(load, 11, DataValue.From(2L)), new(cpu, 12, DataValue.From(4L))]);
        await file.Sync();
        Assert.Equal(
            [
                """house 10.5 {"tags":{"room":"attic"},"fields":{"attic_t":3}}""",
                """house 11 {"tags":{},"fields":{"cpu":1,"load":2}}""",
                """house 12 {"tags":{},"fields":{"cpu":4}}""",
            ],
            sink.Entries.Select(item => FormattableString.Invariant($"{item.Channel} {item.T} {item.Value}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Values_of_many_seconds_are_points_at_their_own_times()
    {
        await using LoggerFile file = new(new Database());
        RecordingSink sink = file.AddRecorder();
        PollItem fast = Item("fast"), slow = Item("slow");
        new LoggerOutput(file.Logger, "house").Write(
            [new(fast, 10, DataValue.From(0L)), new(fast, 11.5, DataValue.From(1L)), new(fast, 13, DataValue.From(2L)), new(fast, 14.5, DataValue.From(3L)), new(slow, 15, DataValue.From(4L)), new(slow, 19, DataValue.From(5L))]);
        await file.Sync();
        Assert.Equal(
            [
                """10 {"tags":{},"fields":{"fast":0}}""",
                """11.5 {"tags":{},"fields":{"fast":1}}""",
                """13 {"tags":{},"fields":{"fast":2}}""",
                """15 {"tags":{},"fields":{"fast":3,"slow":4}}""",
                """19 {"tags":{},"fields":{"slow":5}}""",
            ],
            sink.Entries.Select(item => FormattableString.Invariant($"{item.T} {item.Value}")));
    }

    [Fact]
    public async Task The_neighbours_of_a_refused_value_stay_in_the_order_of_time()
    {
        await using LoggerFile file = new(new Database());
        file.Logger.AddSink(file.ToDatabase);
        PollItem cpu = Item("cpu"), nan = Item("nan"), tagged = Item("tagged") with { Tags = new Dictionary<string, string> { ["room"] = "attic" } };
        IReadOnlyList<RefusedValue> refused = new LoggerOutput(file.Logger, "house").Write([new(cpu, 10, DataValue.From(1L)), new(tagged, 10.5, DataValue.From(2L)), new(nan, 11, DataValue.From(double.NaN))]);
        Assert.Single(refused);
        SyncResult result = await file.Sync();
        Assert.Equal((2, 0), (result.Sent, result.SetAside));
    }

    [SkippableFact]
    public async Task An_rpdemo_file_polls_into_a_real_InfluxDb()
    {
        influx.SkipWhenMissing();
        Skip.IfNot(OperatingSystem.IsLinux(), "The load average is for Linux.");
        using TempFolder folder = new();
        File.WriteAllText(folder["rpdemo.json"], """
            {"database": "rpdemo", "polling_threads": 4, "items": [
                {"name": "load", "key": "system.loadavg1", "arg": null, "interval": 1},
                {"name": "self", "key": "net.ping", "arg": "127.0.0.1", "interval": 1}]}
            """);
        PollConfiguration configuration = PollFile.Read(folder["rpdemo.json"], new PollFileContext { Knows = SamplerCatalog.Contains });
        await using LoggerFile file = new(new Database());
        file.Logger.AddSink(new InfluxDbSettings { Url = influx.Url, Version = 1, Database = "rpdemo", CreateDatabase = true });
        LoggerOutput output = new(file.Logger, configuration.Destination.Measurement);
        TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        HashSet<string> seen = [];
        PollerOptions options = new()
        {
            Concurrency = configuration.Concurrency!.Value,
            Write = values =>
            {
                IReadOnlyList<RefusedValue> refused = output.Write(values);
                seen.UnionWith(values.Select(value => value.Item.Name));
                if (seen.Count == 2)
                {
                    enough.TrySetResult();
                }

                return refused;
            },
        };
        await using (Poller poller = new(options, configuration.Items))
        {
            poller.Start();
            await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        Assert.True((await file.Sync()).Succeeded);
        string counts = influx.Query("rpdemo", "SELECT count(load), count(self) FROM rpdemo");
        Assert.Matches(@"rpdemo,,0,[1-9]\d*,[1-9]\d*", counts);
    }

    private static string Meaning(LoggerFile file, string stream)
    {
        CdbStream made = file.Database.Engine.GetStream(file.Database.Me, CdbPath.Parse($"me/user/{stream}"), Database.NoClient, Some.NoToken);
        return $"{made.Datatype} {made.Description}";
    }

    private static PollItem Item(string name) => new() { Name = name, Key = "system.uptime", Interval = TimeSpan.FromSeconds(1) };
}

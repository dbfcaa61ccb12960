using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Polling.Configuration;
using ConnectorDb.Core.Schemas;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Tests.Polling.Configuration;

public sealed class PollFileTests : IDisposable
{
    private const string Rpdemo = """
        {
            "database": "rpdemo",
            "polling_threads": 4,
            "items": [
                {"name": "router", "key": "net.ping", "arg": "192.168.1.1", "interval": 10},
                {"name": "load", "key": "system.loadavg1", "arg": null, "interval": 60},
                {"name": "indoor", "key": "sensehat.temperature", "interval": 300}
            ]
        }
        """;

    private const string Ours = """
        {
            "$schema": "poll.schema.json",
            "metrics": { "interval": 30, "name": "own" },
            "destination": {
                "logger": "cache.db", "measurement": "house", "syncPeriod": 2.5,
                "sinks": [{ "influxDb": "http://localhost:8086", "version": 1, "database": "house", "password": { "env": "HOUSE" } }, { "jsonFile": "values.jsonl" }]
            },
            "items": [
                { "name": "cpu", "key": "system.cpu", "interval": 1.5, "timeout": 1, "stream": "pi/cpu", "unit": "%", "tags": { "room": "attic" } }
            ]
        }
        """;

    private readonly TempFolder _folder = new();

    private string Path => _folder["poll.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_rpdemo_file_is_read_unchanged()
    {
        PollConfiguration configuration = Read(Rpdemo);
        Assert.Equal(4, configuration.Concurrency);
        Assert.Equal("rpdemo", configuration.Destination.Measurement);
        Assert.Equal(["router", "load", "indoor"], configuration.Items.Select(item => item.Name));
        Assert.Equal("192.168.1.1", configuration.Items[0].Argument);
        Assert.Null(configuration.Items[1].Argument);
        Assert.Equal(TimeSpan.FromMinutes(5), configuration.Items[2].Interval);
    }

    [Fact]
    public void Extensions_are_parsed()
    {
        Environment.SetEnvironmentVariable("HOUSE", "open sesame");
        PollConfiguration configuration = Read(Ours);
        PollItem item = Assert.Single(configuration.Items);
        Assert.Equal((_folder["cache.db"], "house"), (configuration.Destination.Logger, configuration.Destination.Measurement));
        Assert.Equal(new PollMetrics { Interval = TimeSpan.FromSeconds(30), Name = "own" }, configuration.Metrics);
        Assert.Equal((TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(1)), (item.Interval, item.TimeLimit));
        Assert.Equal(("pi/cpu", "%", "attic"), (item.Stream, item.Unit, item.Tags["room"]));
    }

    [Fact]
    public void All_errors_are_reported_at_once_with_their_lines()
    {
        InvalidConfigurationException error = Assert.Throws<InvalidConfigurationException>(() => Read("""
            {
              "polling_threads": 0,
              "treads": 4, "metrics": {"interval": 0.5},
              "items": [
                {"name": "a", "key": "net.pong", "interval": 10},
                {"name": "b", "key": "net.ping", "arg": "x",
                 "interval": "often"},
                {"name": "c", "key": "net.ping", "arg": "x", "interval": 0.001},
                {"name": "a", "key": "net.ping", "arg": "x", "interval": 10},
                {"key": "net.ping", "arg": "x", "interval": 10}
              ]
            }
            """));
        string[] lines = [.. error.Faults.Select(fault => fault.Split(':')[0])];
        Assert.Equal(["line 2", "line 3", "line 3", "line 5", "line 7", "line 8", "line 9", "line 10"], lines);
        Assert.All(error.Faults, fault => Assert.Contains(fault, error.Message, StringComparison.Ordinal));
        Assert.Contains("net.pong", error.Faults[3], StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_member_does_not_hide_other_errors_of_the_item()
    {
        InvalidConfigurationException error = Assert.Throws<InvalidConfigurationException>(() => Read("""{"items": [{"name": "a", "key": "net.ping", "arg": "x", "intervall": 5, "timeout": -1}]}"""));
        Assert.Equal(3, error.Faults.Count);
    }

    [Fact]
    public async Task Readers_find_the_old_or_the_new_file_while_it_changes()
    {
        Change(_ => [Item("item0")]);
        Task changes = Task.Run(() =>
        {
            for (int i = 1; i <= 200; i++)
            {
                Change(_ => [Item($"item{i}")]);
            }
        });
        Task Read() => Task.Run(() =>
        {
            while (!changes.IsCompleted)
            {
                Assert.Single(PollFile.ReadItems(Path, SamplerCatalog.Contains));
            }
        });

        await Task.WhenAll(changes, Read(), Read(), Read());
    }

    [Fact]
    public void A_file_with_a_byte_order_mark_is_read_and_changed()
    {
        File.WriteAllText(Path, Rpdemo, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Change(items => [.. items, Item("item0")]);
        Assert.Equal(["router", "load", "indoor", "item0"], PollFile.ReadItems(Path, SamplerCatalog.Contains).Select(item => item.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData(".")]
    public void A_path_that_cannot_be_a_file_is_rejected(string path)
    {
        Assert.Throws<FileAccessException>(() => PollFile.ReadItems(path, SamplerCatalog.Contains));
        Assert.Throws<FileAccessException>(() => PollFile.Change(path, SamplerCatalog.Contains, items => items));
    }

    [Theory]
    [InlineData("{\n\"items\": [\n{,}]}", "line 3: not valid JSON")]
    [InlineData("[]", "line 1: The file must be an object.")]
    [InlineData("{}", "line 1: items must be an array")]
    [InlineData(" \n", "line 1: the file is empty. Begin with {\"items\": []}")]
    [InlineData("{\"items\": [\n{\"name\": \"a\", \"key\": \"net.tcp\",\n\"arg\": \"house\", \"interval\": 1}]}", "line 3: The item 'a' cannot be measured: 'house' is not HOST:PORT.")]
    [InlineData("""{"items": [{"name": "a", "key": "net.ping", "interval": 1}]}""", "line 1: The item 'a' cannot be measured: net.ping needs an argument")]
    [InlineData("""{"items": [{"name": "a", "key": "net.ping"}]}""", "line 1: The item 'a' needs an interval")]
    public void Invalid_configurations_are_explained(string text, string fault)
        => Assert.StartsWith(fault, Assert.Throws<InvalidConfigurationException>(() => Read(text)).Faults.First(each => each.Contains(fault, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void The_error_for_a_missing_file_says_how_to_create_it()
        => Assert.Contains($"Add-CdbPollItem cpu system.cpu -Interval 10s -Path '{Path}'", Assert.Throws<FileAccessException>(() => PollFile.ReadItems(Path, SamplerCatalog.Contains)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_change_keeps_everything_else()
    {
        File.WriteAllText(Path, Ours);
        PollItem added = new() { Name = "töpfe", Key = "net.ping", Argument = "::1", Interval = TimeSpan.FromSeconds(2.5), Timeout = TimeSpan.FromSeconds(2), Unit = "ms", Tags = new Dictionary<string, string> { ["a"] = "b" } };
        Change(items => [.. items, added]);
        IReadOnlyList<PollItem> items = PollFile.ReadItems(Path, SamplerCatalog.Contains);
        Assert.Equal(["cpu", "töpfe"], items.Select(item => item.Name));
        Assert.Equal("attic", items[0].Tags["room"]);
        Assert.Equal((added.Interval, added.Timeout, added.Unit, "b"), (items[1].Interval, items[1].Timeout, items[1].Unit, items[1].Tags["a"]));
        DataObject before = DataValue.Parse(Ours).AsObject(), after = DataValue.Parse(File.ReadAllText(Path)).AsObject();
        Assert.Equal(before.Select(member => member.Key), after.Select(member => member.Key));
        Assert.All(before.Where(member => member.Key != "items"), member => Assert.Equal(member.Value, after.First(each => each.Key == member.Key).Value));
    }

    [Fact]
    public void A_failed_change_leaves_the_file_unchanged()
    {
        File.WriteAllText(Path, Rpdemo);
        Assert.Throws<NameTakenException>(() => Change(_ => throw new NameTakenException("taken", "a")));
        Assert.Equal(Rpdemo, File.ReadAllText(Path));
        Assert.DoesNotContain(Directory.GetFiles(_folder.Root), file => file != Path && !file.EndsWith(".lock", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hundred_parallel_changes_neither_lose_nor_duplicate_items()
    {
        Change(_ => [.. Enumerable.Range(0, 50).Select(i => Item($"old{i}"))]);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => Change(items => i % 2 == 0
            ? [.. items, Item($"new{i}")]
            : [.. items.Where(item => item.Name != $"old{i / 2}")]))));
        Assert.Equal(
            Enumerable.Range(0, 50).Select(i => $"new{2 * i}").Order(StringComparer.Ordinal),
            PollFile.ReadItems(Path, SamplerCatalog.Contains).Select(item => item.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Rpdemo)]
    [InlineData(Ours)]
    public void The_schema_for_editors_accepts_valid_files(string text)
        => SchemaCompiler.Compile(DataValue.Parse(File.ReadAllText(SchemaFile))).Check("the file", Some.Point(1, DataValue.Parse(text)));

    [Fact]
    public void The_example_file_is_valid()
    {
        string example = File.ReadAllText(System.IO.Path.Combine(Sources.Root, "docs/examples/poll.json"));
        Environment.SetEnvironmentVariable("INFLUX_TOKEN", "open sesame");
        Assert.Equal(3, Read(example).Destination.Sinks.Count);
        The_schema_for_editors_accepts_valid_files(example);
    }

    [Fact]
    public void The_schema_for_editors_offers_every_sampler()
    {
        string schema = File.ReadAllText(SchemaFile);
        Rule.Holds(SamplerCatalog.All.Where(info => !schema.Contains($"\"{info.Key}\"", StringComparison.Ordinal)).Select(info => $"poll.schema.json: the examples of key lack {info.Key}"));
    }

    [Fact]
    public void The_schema_for_editors_offers_every_sink()
    {
        JsonElement destination = JsonDocument.Parse(File.ReadAllText(SchemaFile)).RootElement.GetProperty("properties").GetProperty("destination").GetProperty("properties");
        Assert.Equal(DestinationReader.Known.Order(StringComparer.Ordinal), destination.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        JsonNode? schema = JsonNode.Parse(File.ReadAllText(SchemaFile));
        JsonNode generated = new JsonArray([.. SinkSchema.All.Select(kind => kind.Describe())]);
        JsonObject sinks = schema!["properties"]!["destination"]!["properties"]!["sinks"]!["items"]!.AsObject();
        JsonObject definitions = schema["definitions"]!.AsObject();
        if (JsonNode.DeepEquals(generated, sinks["anyOf"]) && JsonNode.DeepEquals(SinkSchema.Secret, definitions["secret"]))
        {
            return;
        }

        (sinks["anyOf"], definitions["secret"]) = (generated, SinkSchema.Secret);
        File.WriteAllText(SchemaFile, CompactJson.Format(schema) + "\n");
        Assert.Fail("poll.schema.json did not match the settings classes of the sinks. It is generated anew: review and commit it.");
    }

    private static string SchemaFile => System.IO.Path.Combine(Sources.Root, "src/ConnectorDb.Core/Polling/Configuration/poll.schema.json");

    private static PollItem Item(string name) => new() { Name = name, Key = "system.uptime", Interval = TimeSpan.FromSeconds(1) };

    private PollConfiguration Read(string text)
    {
        File.WriteAllText(Path, text);
        return PollFile.Read(Path, new PollFileContext { Knows = SamplerCatalog.Contains });
    }

    private void Change(Func<IReadOnlyList<PollItem>, IReadOnlyList<PollItem>> change) => PollFile.Change(Path, SamplerCatalog.Contains, change);
}

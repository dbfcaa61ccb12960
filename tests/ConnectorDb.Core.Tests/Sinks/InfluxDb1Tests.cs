using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Sinks;

/// <summary>A real InfluxDB 1.</summary>
public sealed class InfluxDb1Tests(InfluxServer server) : SinkSuite, IClassFixture<InfluxServer>
{
    private readonly string _database = $"db {Guid.NewGuid():N}";

    protected override SinkSettings Settings => new InfluxDbSettings { Url = server.Url, Version = 1, Database = _database, CreateDatabase = true };

    protected override void Prepare() => server.SkipWhenMissing();

    protected override IReadOnlyList<double> Stored(string stream)
        => [.. Rows($"SELECT value FROM \"{stream}\"").Select(row => double.Parse(row[^1], CultureInfo.InvariantCulture))];

    [SkippableFact]
    public async Task A_missing_database_keeps_all_entries_without_CreateDatabase()
    {
        Prepare();
        await using ISink sink = Core.Sinks.SinkCatalog.Open(((InfluxDbSettings)Settings) with { CreateDatabase = false }, Context);
        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken));
        Assert.Equal(0, outcome.Decided);
        Assert.Contains("database not found", outcome.Fault!.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_test_of_another_version_names_the_parameter()
    {
        Prepare();
        await using ISink sink = Core.Sinks.SinkCatalog.Open(((InfluxDbSettings)Settings) with { Version = 2 }, Context);
        CdbException error = await Assert.ThrowsAnyAsync<CdbException>(() => sink.TestAsync(Some.NoToken).AsTask());
        Assert.Contains("For an InfluxDB 1, give -Version 1.", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Sending_a_batch_twice_stores_it_once()
    {
        Prepare();
        await using ISink sink = Open();
        await sink.WriteAsync([Numbers("a", 1.5, 2.5)], Some.NoToken);
        await sink.WriteAsync([Numbers("a", 1.5, 2.5)], Some.NoToken);
        Assert.Equal([1.5, 2.5], Stored("a"));
    }

    [SkippableFact]
    public async Task Points_with_tags_and_special_characters_arrive_unchanged()
    {
        Prepare();
        DataObject fields = new(
            new("plain", DataValue.From(1.5)), new("whole", DataValue.From(9007199254740993)), new("yes or no", DataValue.From(true)),
            new("text, with=all", DataValue.From("a \"b\" \\ c,d=e €")), new("none", DataValue.Null));
        DataObject tags = new(new("a tag,=", DataValue.From("v, w=x")), new("empty", DataValue.From("")), new("back", DataValue.From("c:\\,d\\e")));
        SinkBatch run = new(new LogChannel { Name = "odd, name", Kind = ChannelKind.Measurement }, Some.Point(1_500_000_000.25, new LogPoint(fields, tags).ToValue()));
        await using ISink sink = Open();

        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([run], Some.NoToken));

        Assert.Empty(outcome.Rejected);
        string csv = server.Query(_database, "SELECT * FROM \"odd, name\"");
        Assert.Contains("1500000000250000000", csv, StringComparison.Ordinal);
        Assert.Contains("9007199254740993", csv, StringComparison.Ordinal);
        Assert.Contains("v, w=x", csv, StringComparison.Ordinal);
        Assert.Contains("c:\\,d\\e", csv, StringComparison.Ordinal);
        Assert.Contains("€", csv, StringComparison.Ordinal);
        Assert.Contains("true", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("empty", csv, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_field_type_conflict_rejects_only_the_conflicting_points()
    {
        Prepare();
        await using ISink sink = Open();
        await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken);
        BlockBuilder points = new();
        points.Add(1_500_000_002, DataValue.From(2.5));
        points.Add(1_500_000_003, DataValue.From("warm"));
        points.Add(1_500_000_004, DataValue.From(4.5));
        points.Add(1_500_000_005, DataValue.Null);

        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([new SinkBatch(new LogChannel { Name = "a" }, points.Build())], Some.NoToken));

        Assert.Equal(4, outcome.Decided);
        Assert.Equal([1, 3], outcome.Rejected.Select(rejected => rejected.Index));
        Assert.Contains("field type conflict", outcome.Rejected[0].Reason, StringComparison.Ordinal);
        Assert.Equal([1.5, 2.5, 4.5], Stored("a"));
    }

    [SkippableFact]
    public async Task Five_hundred_values_without_a_time_stay_apart()
    {
        Prepare();
        await using LoggerFile file = new(new Database());
        file.Logger.AddSink(Settings);
        file.AddStream("a");
        file.Logger.Write("a", new Block(Enumerable.Repeat(double.NaN, 500).ToArray(), new NumberColumn(Enumerable.Range(0, 500).Select(n => n + 0.5).ToArray())));
        Assert.True((await file.Sync()).Succeeded);
        Assert.Equal(Enumerable.Range(0, 500).Select(n => n + 0.5), Stored("a"));
    }

    [SkippableFact]
    public async Task Integers_go_to_a_field_of_floats_as_floats_and_a_fraction_in_a_field_of_integers_is_named()
    {
        Prepare();
        await using (ISink first = Open())
        {
            await first.WriteAsync([Numbers("float", 1.5), Values("integer", "1")], Some.NoToken);
        }

        await using ISink sink = Open();
        IReadOnlyList<BatchOutcome> outcomes = await sink.WriteAsync([Values("float", "2", "3"), Values("integer", "2.5", "3", "4.0")], Some.NoToken);
        Assert.Empty(outcomes[0].Rejected);
        RejectedEntry fraction = Assert.Single(outcomes[1].Rejected);
        Assert.Equal(0, fraction.Index);
        Assert.Contains("'value' of 'integer'", fraction.Reason, StringComparison.Ordinal);
        Assert.Equal([1.5, 2, 3], Stored("float"));
        Assert.Equal([1, 3, 4], Stored("integer"));
    }

    [SkippableFact]
    public async Task The_test_finds_the_database_and_the_retention_policy()
    {
        Prepare();
        InfluxDbSettings settings = (InfluxDbSettings)Settings;
        await using (ISink missing = Core.Sinks.SinkCatalog.Open(settings with { CreateDatabase = false }, Context))
        {
            SinkException error = await Assert.ThrowsAsync<SinkException>(() => missing.TestAsync(Some.NoToken).AsTask());
            Assert.Contains("database not found", error.Message, StringComparison.Ordinal);
        }

        await using ISink sink = Open();
        Assert.Equal($"the database '{_database}'", await sink.TestAsync(Some.NoToken));
        Assert.Equal($"the database '{_database}'", await sink.TestAsync(Some.NoToken));
        await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken);
        Assert.Null(await sink.TestAsync(Some.NoToken));
        await using ISink nowhere = Core.Sinks.SinkCatalog.Open(settings with { RetentionPolicy = "nope" }, Context);
        SinkException policy = await Assert.ThrowsAsync<SinkException>(() => nowhere.TestAsync(Some.NoToken).AsTask());
        Assert.Contains("-RetentionPolicy", policy.Message, StringComparison.Ordinal);
        Assert.Contains("-RetentionPolicy", Assert.Single(await nowhere.WriteAsync([Numbers("a", 1.5)], Some.NoToken)).Fault!.Message, StringComparison.Ordinal);
    }

    private static SinkBatch Values(string stream, params string[] values)
    {
        BlockBuilder points = new();
        for (int i = 0; i < values.Length; i++)
        {
            points.Add(1_500_000_100 + i, DataValue.Parse(values[i]));
        }

        return new SinkBatch(new LogChannel { Name = stream }, points.Build());
    }

    private IEnumerable<string[]> Rows(string query)
        => server.Query(_database, query).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','));
}

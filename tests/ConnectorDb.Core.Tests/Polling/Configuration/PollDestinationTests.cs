using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling.Configuration;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Polling.Configuration;

/// <summary>Where values go, as the configuration file says it.</summary>
public sealed class PollDestinationTests : IDisposable
{
    private const string Secret = "open sesame";
    private readonly TempFolder _folder = new();

    private string Path => _folder["poll.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_kind_of_sink_has_the_members_of_New_CdbSink()
    {
        PollDestination destination = Read("""
            {"sinks": [
                {"connectorDb": "https://house.example", "name": "house", "apiKey": "open sesame", "restamp": true, "pointLayout": "streamPerField"},
                {"connectorDb": "store.cdb", "as": "me/pi"},
                {"influxDb": "http://localhost:8086", "name": "one", "version": 1, "database": "d", "createDatabase": true, "retentionPolicy": "r", "userName": "u", "password": "open sesame", "tag": {"site": "cellar"}, "floatsOnly": true},
                {"InfluxDb": "http://localhost:8087", "Name": "two", "Database": "b", "Organization": "o", "Token": "open sesame"},
                {"initialState": "bucket", "bucketName": "Bucket", "apiKey": "open sesame", "url": "https://states.example"},
                {"grafanaAnnotation": "http://localhost:3000", "token": "open sesame", "dashboardUid": "x", "panelId": 2},
                {"jsonFile": "values.jsonl", "maxBytes": 1000},
                {"csvFile": "values.csv", "daily": true, "byteOrderMark": true},
                {"scriptBlock": "param($batch) $batch"}
            ]}
            """);
        SecretText secret = new(Secret);
        InfluxDbSettings first = Assert.IsType<InfluxDbSettings>(destination.Sinks[2]);
        Assert.Equal("cellar", first.Tags!["site"]);
        Assert.Equal(
            [
                new ConnectorDbSettings { Url = "https://house.example", Name = "house", ApiKey = secret, Restamp = true, Points = PointLayout.StreamPerField },
                new ConnectorDbSettings { Path = _folder["store.cdb"], As = "me/pi" },
                new InfluxDbSettings { Url = "http://localhost:8086", Name = "one", Version = 1, Database = "d", CreateDatabase = true, RetentionPolicy = "r", UserName = "u", Password = secret, Tags = first.Tags, FloatsOnly = true },
                new InfluxDbSettings { Url = "http://localhost:8087", Name = "two", Database = "b", Organization = "o", Token = secret },
                new InitialStateSettings { BucketKey = "bucket", BucketName = "Bucket", AccessKey = secret, Url = "https://states.example" },
                new GrafanaSettings { Url = "http://localhost:3000", Token = secret, DashboardUid = "x", PanelId = 2 },
                new JsonFileSettings { Path = _folder["values.jsonl"], MaxBytes = 1000 },
                new CsvFileSettings { Path = _folder["values.csv"], Daily = true, ByteOrderMark = true },
                new ScriptSinkSettings { Script = "param($batch) $batch" },
            ],
            destination.Sinks);
        Assert.Equal(_folder["poll.outbox"], destination.Logger);
    }

    [Fact]
    public void A_secret_comes_from_the_environment_or_a_file()
    {
        Environment.SetEnvironmentVariable("POLL_DESTINATION_TEST", Secret);
        File.WriteAllText(_folder["token"], Secret + "\n");
        PollDestination destination = Read(
            """{"sinks": [{"initialState": "a", "apiKey": {"env": "POLL_DESTINATION_TEST"}}, {"influxDb": "http://localhost", "database": "b", "token": {"file": "token"}}]}""",
            isForAll: true);
        Assert.Equal(Secret, ((InitialStateSettings)destination.Sinks[0]).AccessKey!.Reveal());
        Assert.Equal(Secret, ((InfluxDbSettings)destination.Sinks[1]).Token!.Reveal());
    }

    [SkippableFact]
    public void A_secret_that_all_accounts_can_read_is_rejected_without_repeating_it()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has lists of rights.");
        InvalidConfigurationException error = Assert.Throws<InvalidConfigurationException>(() => Read("""{"sinks": [{"initialState": "a", "apiKey": "open sesame"}]}""", isForAll: true));
        Assert.Contains("chmod", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_reported_at_once_with_their_lines()
    {
        InvalidConfigurationException error = Assert.Throws<InvalidConfigurationException>(() => Read("""
            {
              "syncPeriod": 0,
              "whenFull": "burst",
              "sinks": [
                {"influxDb": "http://localhost:8086"},
                {"influxDb": "nowhere", "database": "a"},
                {"initialState": "a", "apiKey": {"env": "NOT_SET_ANYWHERE"}},
                {"initialState": "a", "apiKey": {"file": "none"}},
                {"initialState": "a", "apiKey": {}},
                {"jsonFile": "a", "csvFile": "a"},
                {"jsonFile": "a"},
                {"jsonFile": "b", "dayly": true},
                {"jsonFile": "b"},
                {"grafanaAnnotation": "http://localhost:3000"},
                {"connectorDb": ""},
                "jsonFile",
                {"grafanaAnnotation": "http://localhost:3000", "token": null}
              ]
            }
            """));
        string[] lines = [.. error.Faults.Select(fault => fault.Split(':')[0])];
        Assert.Equal([2, 3, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17], lines.Select(line => int.Parse(line.Split(' ')[1], null)));
        Assert.Contains("nowhere", error.Faults[3], StringComparison.Ordinal);
        Assert.Contains("NOT_SET_ANYWHERE", error.Faults[4], StringComparison.Ordinal);
        Assert.Contains("JsonFile", error.Faults[9], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"logger\":\n\"a\\u0000b\"}", "line 2: logger: 'a\\0b' is not the path of a file")]
    [InlineData("{\"logger\":\n\"/\"}", "line 2: logger: ")]
    [InlineData("{\"sinks\": [{\"csvFile\":\n\"a\\u0000b\"}]}", "line 2: csvFile: 'a\\0b' is not the path of a file")]
    [InlineData("{\"sinks\": [{\"jsonFile\":\n\".\"}]}", "line 2: jsonFile: ")]
    [InlineData("{\"sinks\": [{\"connectorDb\":\n\"a\\u0000b\"}]}", "line 2: connectorDb: 'a\\0b' is not the path of a file")]
    [InlineData("{\"sinks\": [{\"initialState\": \"a\", \"apiKey\":\n{\"file\": \"a\\u0000b\"}}]}", "line 2: apiKey refers to the file 'a\\0b', which cannot be read")]
    public void A_path_that_can_be_no_file_is_reported_with_its_line(string destination, string fault)
        => Assert.StartsWith(fault, Assert.Single(Assert.Throws<InvalidConfigurationException>(() => Read(destination)).Faults), StringComparison.Ordinal);

    [Fact]
    public void Items_are_read_without_resolving_secrets()
    {
        File.WriteAllText(Path, """{"destination": {"sinks": [{"initialState": "a", "apiKey": {"env": "NOT_SET_ANYWHERE"}}]}, "items": []}""");
        Assert.Empty(PollFile.ReadItems(Path, _ => true));
    }

    [Fact]
    public void The_database_of_an_rpdemo_file_is_in_the_InfluxDb_of_this_machine()
    {
        PollDestination destination = ReadFile("""{"database": "pi", "items": []}""").Destination;
        Assert.Equal([new InfluxDbSettings { Url = "http://localhost:8086", Version = 1, Database = "pi", CreateDatabase = true }], destination.Sinks);
        Assert.True(destination is { IsFromRpdemo: true, Measurement: "rpdemo", ContinuousWrite: true });
    }

    [Fact]
    public void A_destination_overrides_the_database_of_an_rpdemo_file()
    {
        PollDestination destination = ReadFile("""{"database": "pi", "destination": {"logger": "cache.db"}, "items": []}""").Destination;
        Assert.Empty(destination.Sinks);
        Assert.True(destination is { IsFromRpdemo: false, Measurement: "rpdemo", ContinuousWrite: null });
    }

    [Fact]
    public async Task Sinks_and_settings_are_applied_to_the_logger_and_other_sinks_stay()
    {
        await using LoggerFile file = new(new Database());
        file.AddRecorder("other");
        file.Logger.Change(settings => settings with { Name = "mine", MaxAge = TimeSpan.FromDays(1) });
        PollDestination destination = Read("""{"sinks": [{"jsonFile": "a"}, {"csvFile": "b", "name": "table"}], "syncPeriod": 5, "maxBytes": 1000, "whenFull": "dropOldest"}""");
        Assert.Equal(["other"], destination.ApplyTo(file.Logger));
        Assert.Equal(["other"], destination.ApplyTo(file.Logger));
        Assert.Equal(["other", "JsonFile", "table"], file.Logger.Sinks.Select(sink => sink.Name));
        Assert.Equal(
            new LoggerSettings { Name = "mine", MaxAge = TimeSpan.FromDays(1), SyncPeriod = TimeSpan.FromSeconds(5), MaxBytes = 1000, WhenFull = BoundPolicy.DropOldest },
            file.Logger.Settings);
    }

    [Fact]
    public void All_errors_of_one_sink_are_reported_without_secrets()
    {
        InvalidConfigurationException error = Assert.Throws<InvalidConfigurationException>(() => Read(
            """{"sinks": [{"influxDb": "http://localhost", "database": 1, "version": 4, "tag": {"site": 1}, "token": 12345, "floatsOnly": "x"}]}"""));
        Assert.Equal(5, error.Faults.Count);
        Assert.DoesNotContain("12345", error.Message, StringComparison.Ordinal);
    }

    private PollDestination Read(string destination, bool isForAll = false) => ReadFile($$"""{"items": [], "destination": {{destination}}}""", isForAll).Destination;

    private PollConfiguration ReadFile(string text, bool isForAll = false)
    {
        File.WriteAllText(Path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | (isForAll ? UnixFileMode.OtherRead : UnixFileMode.None));
        }

        return PollFile.Read(Path, new PollFileContext { Knows = _ => true, Check = Check });
    }

    private static void Check(SinkSettings sink)
    {
        ISink opened = SinkCatalog.Open(sink, new SinkContext { Connect = _ => throw new InvalidOperationException("Nothing is to be connected.") });
        opened.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}

using ConnectorDb.Contracts;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Core.Sinks.InitialState;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Sinks;

/// <summary>The protocol of Initial State.</summary>
public sealed class InitialStateTests : HttpSinkSuite
{
    protected override SinkSettings Settings => new InitialStateSettings { Url = Url, AccessKey = new SecretText("secret"), BucketKey = "cellar", BucketName = "The cellar" };

    protected override bool IsData(LoopbackRequest request) => request.Target == "/api/events";

    protected override IEnumerable<(string Stream, double Number)> Read(LoopbackRequest request)
        => DataValue.Parse(request.Body).AsArray().Select(item => (Text(item, "key"), Member(item, "value").AsDouble()));

    [Fact]
    public async Task The_bucket_is_created_once_and_requests_have_the_headers()
    {
        await using ISink sink = Open();
        await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken);
        await sink.WriteAsync([Numbers("a", 2.5)], Some.NoToken);

        LoopbackRequest[] requests = [.. Server.Requests];
        Assert.Equal(["/api/buckets", "/api/events", "/api/events"], requests.Select(request => request.Target));
        Assert.Equal("""{"bucketKey":"cellar","bucketName":"The cellar"}""", requests[0].Body);
        Assert.Equal("""[{"key":"a","value":1.5,"epoch":1500000001.5}]""", requests[1].Body);
        Assert.All(requests, request => Assert.Equal(("secret", "cellar", "<=0.0.4"), (request.Headers["X-IS-AccessKey"], request.Headers["X-IS-BucketKey"], request.Headers["Accept-Version"])));
    }

    [Fact]
    public async Task A_test_creates_no_bucket()
    {
        await using ISink sink = Open();
        Assert.Contains("'cellar'", await sink.TestAsync(Some.NoToken), StringComparison.Ordinal);
        Assert.Equal(("/api/events", "[]"), (Assert.Single(Server.Requests).Target, Server.Requests.Single().Body));
    }

    [Fact]
    public async Task Objects_become_one_event_per_member_with_the_same_time()
    {
        await using ISink sink = Open();
        await sink.WriteAsync([new SinkBatch(new LogChannel { Name = "p" }, Some.Point(5, DataValue.Parse("""{"cpu":1,"disks":[2,{"free":true}],"none":null}""")))], Some.NoToken);
        Assert.Equal(
            """[{"key":"p_cpu","value":1,"epoch":5.0},{"key":"p_disks_0","value":2,"epoch":5.0},{"key":"p_disks_1_free","value":true,"epoch":5.0}]""",
            Server.Requests.Last().Body);
    }

    [Fact]
    public async Task Too_long_keys_are_rejected_before_sending()
    {
        await using ISink sink = Open();
        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([Numbers(new string('x', 251), 1.5)], Some.NoToken));
        Assert.Contains("250", Assert.Single(outcome.Rejected).Reason, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData(201, "")]
    [InlineData(204, "")]
    [InlineData(202, """{"message":"ok"}""")]
    public async Task Each_response_of_Initial_State_acknowledges_the_entries(int status, string body)
    {
        Misbehaviour = _ => new LoopbackReply(status, body);
        await using ISink sink = Open();
        Assert.Equal(1, Assert.Single(await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken)).Decided);
    }

    [Theory]
    [InlineData("""{"login":"https://portal.example/"}""")]
    [InlineData("""{"message":"Please log in"}""")]
    [InlineData("""{"message":"ok","session":false}""")]
    public async Task A_JSON_object_of_another_program_acknowledges_nothing(string body)
    {
        Misbehaviour = _ => new LoopbackReply(200, body);
        await using ISink sink = Open();
        Assert.IsType<SinkException>(Assert.Single(await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken)).Fault);
        await Assert.ThrowsAsync<SinkException>(async () => await sink.TestAsync(Some.NoToken));
    }

    [Fact]
    public async Task A_time_after_the_year_9999_is_rejected_before_sending()
    {
        await using ISink sink = Open();
        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([new SinkBatch(new LogChannel { Name = "a" }, Some.Point(1e18, DataValue.From(1.5)))], Some.NoToken));
        Assert.Contains("9999", Assert.Single(outcome.Rejected).Reason, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task A_removed_bucket_is_created_again()
    {
        await using ISink sink = Open();
        Misbehaviour = request => IsData(request) ? new LoopbackReply(400, """{"message":{"error":{"type":"BUCKET_REMOVED"}}}""") : null;
        Assert.IsType<SinkException>(Assert.Single(await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken)).Fault);
        Misbehaviour = null;
        await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken);
        Assert.Equal(2, Server.Requests.Count(request => request.Target == "/api/buckets"));
        Assert.Equal([1.5], Stored("a"));
    }

    [Fact]
    public void Missing_settings_are_read_from_the_ini_file()
    {
        File.WriteAllText(Folder["isstreamer.ini"], """
            # mine
            [isstreamer.client_config]
            access_key: from the file
            default_bucket = Attic
            [isstreamer.api_config]
            stream_api_base: https://example.org
            """);
        InitialStateSettings completed = StreamerIni.Complete(new InitialStateSettings { BucketKey = "b", BucketName = "Mine" }, Folder["nowhere"], Folder.Root);
        Assert.Equal(("from the file", "Mine", "https://example.org"), (completed.AccessKey!.Reveal(), completed.BucketName, completed.Url));
    }

    [Theory]
    [InlineData("true", "events")]
    [InlineData("Yes", "events.csv")]
    public async Task In_offline_mode_the_events_go_to_a_file_and_not_to_Initial_State(string mode, string file)
    {
        File.WriteAllText(Folder["isstreamer.ini"], $"[isstreamer.client_config]\noffline_mode = {mode}\noffline_file = {file}\naccess_key = secret");
        InitialStateSettings completed = StreamerIni.Complete(new InitialStateSettings { Url = Url, BucketKey = "b", IniFile = Folder.Root }, Folder["here"]);
        Assert.Equal(Path.Combine(Folder["here"], "events.csv"), completed.Location);

        Directory.CreateDirectory(Folder["here"]);
        await using ISink sink = SinkCatalog.Open(completed, new SinkContext { Connect = _ => throw new NotSupportedException() });
        await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken);

        Assert.Equal(["epoch,key,value", "1500000001.5,a,1.5"], File.ReadAllLines(completed.Location));
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("[isstreamer.client_config]\ndefault_bucket: Attic\noffline_mode: maybe", "maybe")]
    [InlineData("[isstreamer.client_config]\naccess_key: k\ndefault_bucket:", "default_bucket")]
    public void Invalid_settings_in_the_ini_file_are_named(string content, string named)
    {
        File.WriteAllText(Folder["isstreamer.ini"], content);
        InvalidValueException error = Assert.Throws<InvalidValueException>(() => StreamerIni.Complete(new InitialStateSettings { BucketKey = null! }, Folder.Root));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_ini_file_that_is_missing_is_an_error_and_no_other_is_read()
    {
        File.WriteAllText(Folder["isstreamer.ini"], "[isstreamer.client_config]\naccess_key: k");
        InitialStateSettings settings = new() { BucketKey = "b", IniFile = Folder["other.ini"] };
        Assert.Contains("other.ini", Assert.Throws<InvalidValueException>(() => StreamerIni.Complete(settings, Folder.Root)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_logger_keeps_the_generated_key_of_a_bucket_of_the_same_name()
    {
        string path = Folder["outbox.db"];
        string first = await Add(path, "Attic");
        Assert.Equal(first, await Add(path, "Attic"));
        File.WriteAllText(Folder["isstreamer.ini"], "[isstreamer.client_config]\noffline_mode: true");
        Assert.Equal(first, await Add(path, "Attic"));
        File.Delete(Folder["isstreamer.ini"]);
        Assert.Equal(first, await Add(path, "Attic", keys: "other account"));
        Assert.NotEqual(first, await Add(path, "Cellar", keys: "other account"));
        Assert.NotEqual(first, await Add(Folder["other.db"], "Attic"));
    }

    /// <summary>Adds a bucket without a key to a logger, as a new run of a script does, and returns its key.</summary>
    private async Task<string> Add(string path, string bucket, string keys = "keys")
    {
        InitialStateSettings settings = StreamerIni.Complete(new InitialStateSettings { BucketKey = null!, BucketName = bucket, AccessKey = new SecretText("k") }, Folder.Root);
        await using DataLogger logger = DataLogger.Open(new DataLoggerOptions { Path = path, KeyFolder = Folder[keys], OpenSink = _ => throw new NotSupportedException() });
        logger.AddSink(settings);
        return Assert.IsType<InitialStateSettings>(Assert.Single(logger.Sinks)).BucketKey;
    }

    private static DataValue Member(DataValue owner, string name) => owner.AsObject().TryGetValue(name, out DataValue value) ? value : DataValue.Null;

    private static string Text(DataValue owner, string name) => Member(owner, name).AsText();
}

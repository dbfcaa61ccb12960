using ConnectorDb.Contracts;
using ConnectorDb.Core.Sinks.InitialState;
using ConnectorDb.Core.Tests.Support;
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

    private static DataValue Member(DataValue owner, string name) => owner.AsObject().TryGetValue(name, out DataValue value) ? value : DataValue.Null;

    private static string Text(DataValue owner, string name) => Member(owner, name).AsText();
}

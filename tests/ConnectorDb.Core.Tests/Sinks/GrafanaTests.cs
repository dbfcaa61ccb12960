using ConnectorDb.Contracts;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Sinks;

/// <summary>Annotations of Grafana. Grafana ignores numbers, so the suites of other sinks do not apply.</summary>
public sealed class GrafanaTests : IDisposable
{
    private static readonly LoopbackReply s_added = new(200, """{"id":1,"message":"Annotation added"}""");
    private readonly LoopbackServer _server = new() { Answer = _ => s_added };

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Events_become_annotations_and_other_entries_are_ignored()
    {
        await using ISink sink = Open();
        DataObject tags = new(new("job", DataValue.From("backup")), new("disk", DataValue.From(2)));

        IReadOnlyList<BatchOutcome> outcomes = await sink.WriteAsync([Events(new LogEvent(6.25, tags, "done")), new SinkBatch(new LogChannel { Name = "x" }, Some.Numbers(3))], Some.NoToken);

        Assert.Equal([1, 3], outcomes.Select(outcome => outcome.Decided));
        Assert.Equal([1, 0], outcomes.Select(outcome => outcome.Delivered));
        LoopbackRequest request = Assert.Single(_server.Requests);
        Assert.Equal(("POST", "/api/annotations", "Bearer secret"), (request.Method, request.Target, request.Headers["Authorization"]));
        Assert.Equal("""{"time":5000,"timeEnd":6250,"tags":["job:backup","disk:2"],"text":"done","dashboardUID":"abc","panelId":7}""", request.Body);
    }

    [Fact]
    public async Task Entries_before_an_error_are_accepted_and_the_rest_is_kept()
    {
        _server.Answer = request => request.Body.Contains("second", StringComparison.Ordinal) ? new LoopbackReply(500) : s_added;
        await using ISink sink = Open();
        DataObject none = new();

        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([Events(new LogEvent(6, none, "first"), new LogEvent(6, none, "second"), new LogEvent(6, none, "third"))], Some.NoToken));

        Assert.Equal(1, outcome.Decided);
        Assert.IsType<SinkException>(outcome.Fault);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "thanks")]
    [InlineData(200, "{}")]
    [InlineData(202, "")]
    [InlineData(203, """{"id":1,"message":"Annotation added"}""")]
    [InlineData(204, "")]
    [InlineData(206, """{"id":1,"message":"Annotation added"}""")]
    [InlineData(200, "<html><title>Log in</title></html>")]
    [InlineData(302, "Log in")]
    [InlineData(400, "<html><title>Log in</title></html>")]
    public async Task Only_the_response_of_Grafana_is_a_success(int status, string body)
    {
        _server.Answer = _ => new LoopbackReply(status, body);
        await using ISink sink = Open();
        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([Events(new LogEvent(6, new DataObject(), "first"))], Some.NoToken));
        Assert.Equal(0, outcome.Decided);
        Assert.IsType<SinkException>(outcome.Fault);
        await Assert.ThrowsAsync<SinkException>(() => sink.TestAsync(Some.NoToken).AsTask());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1e18)]
    public async Task An_event_at_a_time_that_Grafana_would_replace_is_rejected(double stop)
    {
        await using ISink sink = Open();
        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([Events(new LogEvent(stop, new DataObject(), "first"))], Some.NoToken));
        Assert.Contains("1970", Assert.Single(outcome.Rejected).Reason, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task The_test_finds_the_dashboard()
    {
        _server.Answer = request => request.Target.StartsWith("/api/annotations", StringComparison.Ordinal) ? new LoopbackReply(200, "[]") : new LoopbackReply(200, "{}");
        await using ISink sink = Open();
        await sink.TestAsync(Some.NoToken);
        _server.Answer = request => request.Target.StartsWith("/api/annotations", StringComparison.Ordinal) ? new LoopbackReply(200, "[]") : new LoopbackReply(404, "{}");
        SinkException error = await Assert.ThrowsAsync<SinkException>(() => sink.TestAsync(Some.NoToken).AsTask());
        Assert.Contains("'abc'", error.Message, StringComparison.Ordinal);
    }

    private static SinkBatch Events(params LogEvent[] events)
    {
        Columns.BlockBuilder points = new();
        Array.ForEach(events, each => points.Add(5, each.ToValue()));
        return new SinkBatch(new LogChannel { Name = "events", Kind = ChannelKind.Events }, points.Build());
    }

    private ISink Open() => SinkCatalog.Open(
        new GrafanaSettings { Url = _server.Url, Token = new SecretText("secret"), DashboardUid = "abc", PanelId = 7 },
        new SinkContext { Connect = _ => throw new NotSupportedException("There is no database here.") });
}

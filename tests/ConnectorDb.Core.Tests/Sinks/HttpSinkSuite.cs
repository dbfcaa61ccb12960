using System.Collections.Concurrent;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Sinks;

/// <summary>The behaviour of HTTP sinks with a failing server.</summary>
public abstract class HttpSinkSuite : SinkSuite
{
    private readonly LoopbackServer _server = new();
    private readonly ConcurrentQueue<(string Stream, double Number)> _stored = new();

    protected HttpSinkSuite()
    {
        _server.Answer = request => Misbehaviour?.Invoke(request) ?? Behave(request);
        Url = _server.Url;
    }

    protected LoopbackServer Server => _server;

    /// <summary>The address of the server.</summary>
    protected string Url { get; private set; }

    /// <summary>A response to send instead of the regular one; null for the regular one.</summary>
    protected Func<LoopbackRequest, LoopbackReply?>? Misbehaviour { get; set; }

    /// <summary>Returns true for requests with data.</summary>
    protected abstract bool IsData(LoopbackRequest request);

    /// <summary>The numbers in a request with data.</summary>
    protected abstract IEnumerable<(string Stream, double Number)> Read(LoopbackRequest request);

    protected virtual LoopbackReply Success => LoopbackReply.NoContent;

    protected override IReadOnlyList<double> Stored(string stream) => [.. _stored.Where(item => item.Stream == stream).Select(item => item.Number)];

    public override void Dispose()
    {
        _server.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_failed_login_is_reported_and_keeps_all_entries(int status)
    {
        Misbehaviour = _ => new LoopbackReply(status, """{"error":"who are you"}""");
        BatchOutcome outcome = await WriteTwo();
        Assert.Equal(0, outcome.Decided);
        Assert.Contains("who are you", Assert.IsType<AuthenticationException>(outcome.Fault).Message, StringComparison.Ordinal);
        await GoesWellAgain();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task The_Retry_After_of_a_busy_server_is_respected(int status)
    {
        Misbehaviour = _ => new LoopbackReply(status) { RetryAfter = "17" };
        Assert.Equal(TimeSpan.FromSeconds(17), Assert.IsType<SinkException>((await WriteTwo()).Fault).RetryAfter);
        await GoesWellAgain();
    }

    [Theory]
    [InlineData(402)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(302)]
    public async Task Other_errors_keep_all_entries(int status)
    {
        Misbehaviour = request => IsData(request) ? new LoopbackReply(status, """{"error":"not today"}""") : null;
        BatchOutcome outcome = await WriteTwo();
        Assert.Equal(0, outcome.Decided);
        Assert.Contains("not today", Assert.IsType<SinkException>(outcome.Fault).Message, StringComparison.Ordinal);
        await GoesWellAgain();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_reported_and_neither_followed_nor_taken_for_a_success(int status)
    {
        using LoopbackServer other = new();
        Misbehaviour = _ => new LoopbackReply(status) { Headers = [("Location", $"{other.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/login?next=secret")] };
        BatchOutcome outcome = await WriteTwo();
        Assert.Equal(0, outcome.Decided);
        string message = Assert.IsType<SinkException>(outcome.Fault).Message;
        Assert.Contains("/login'", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
        await using ISink sink = Open();
        await Assert.ThrowsAsync<SinkException>(() => sink.TestAsync(Some.NoToken).AsTask());
        Assert.Empty(other.Requests);
        await GoesWellAgain();
    }

    [Theory]
    [InlineData(200, "<!doctype html><html><head><title> Log in &amp; go </title></head></html>", "the web page 'Log in & go'")]
    [InlineData(201, "<!doctype html><html><head><title>Log in</title></head></html>", "the web page 'Log in'")]
    [InlineData(200, "thanks", "thanks")]
    [InlineData(200, "1", "1")]
    [InlineData(200, "", "nothing")]
    [InlineData(200, " \n", "nothing")]
    [InlineData(202, "", "nothing")]
    [InlineData(203, "", "nothing")]
    [InlineData(203, """{"message":"ok"}""", "ok")]
    [InlineData(206, "", "nothing")]
    [InlineData(206, """{"message":"ok"}""", "ok")]
    public async Task A_success_that_the_protocol_does_not_promise_is_reported_and_keeps_all_entries(int status, string body, string shown)
    {
        Misbehaviour = _ => new LoopbackReply(status, body);
        BatchOutcome outcome = await WriteTwo();
        Assert.Equal(0, outcome.Decided);
        Assert.Contains(shown, Assert.IsType<SinkException>(outcome.Fault).Message, StringComparison.Ordinal);
        await using ISink sink = Open();
        await Assert.ThrowsAsync<SinkException>(() => sink.TestAsync(Some.NoToken).AsTask());
        await GoesWellAgain();
    }

    [Fact]
    public async Task A_rejection_by_a_web_page_sets_nothing_aside()
    {
        Misbehaviour = request => IsData(request) ? new LoopbackReply(400, "<html><title>The plain HTTP request was sent to HTTPS port</title></html>") : null;
        BatchOutcome outcome = await WriteTwo();
        Assert.Equal(0, outcome.Decided);
        Assert.Contains("HTTPS port", Assert.IsType<SinkException>(outcome.Fault).Message, StringComparison.Ordinal);
        await GoesWellAgain();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("""{"error":""}""")]
    public async Task An_error_without_a_text_is_reported_by_its_status(string body)
    {
        Misbehaviour = request => IsData(request) ? new LoopbackReply(500, body) : null;
        BatchOutcome outcome = await WriteTwo();
        Assert.Contains("500 InternalServerError", Assert.IsType<SinkException>(outcome.Fault).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task A_broken_connection_keeps_all_entries(int bytes)
    {
        Misbehaviour = request => new LoopbackReply(200, new string(' ', 100)) { CutAfter = bytes };
        Assert.IsType<SinkException>((await WriteTwo()).Fault);
        await GoesWellAgain();
    }

    [Fact]
    public async Task Entries_whose_acknowledgement_is_lost_are_kept()
    {
        Misbehaviour = request => Behave(request) with { CutAfter = 0 };
        BatchOutcome outcome = await WriteTwo();
        Assert.Equal(0, outcome.Decided);
        Assert.IsType<SinkException>(outcome.Fault);
        Misbehaviour = null;
        Assert.Equal(2, (await WriteTwo()).Decided);
        Assert.Equal([1.5, 2.5], Stored("a").Distinct());
    }

    [Fact]
    public async Task An_unreachable_server_keeps_all_entries()
    {
        using ClosedPort nobody = new();
        Url = $"http://{nobody.Authority}";
        await using ISink sink = Open();
        Assert.IsType<SinkException>(Assert.Single(await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken)).Fault);
    }

    [Fact]
    public async Task A_slow_request_can_be_cancelled()
    {
        TaskCompletionSource arrived = new();
        TaskCompletionSource slow = new();
        Misbehaviour = _ =>
        {
            arrived.TrySetResult();
            return LoopbackReply.NoContent with { Before = slow.Task };
        };
        using CancellationTokenSource source = new();
        await using ISink sink = Open();
        Task writing = sink.WriteAsync([Numbers("a", 1.5)], source.Token).AsTask();
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60));

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        slow.SetResult();
    }

    [Fact]
    public async Task Too_large_requests_are_split()
    {
        Misbehaviour = request => IsData(request) && Read(request).Count() > 3 ? new LoopbackReply(413) : null;
        await using ISink sink = Open();
        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([Numbers("a", [.. Enumerable.Range(0, 20).Select(n => n + 0.5)])], Some.NoToken));
        Assert.Equal((20, 0), (outcome.Decided, outcome.Rejected.Count));
        Assert.Equal(Enumerable.Range(0, 20).Select(n => n + 0.5), Stored("a"));
    }

    [Fact]
    public async Task Rejected_entries_are_isolated_and_the_others_accepted()
    {
        Misbehaviour = request => IsData(request) && Read(request).Any(item => item.Number is 3.5 or 11.5) ? new LoopbackReply(400, """{"message":"it is odd"}""") : null;
        await using ISink sink = Open();

        IReadOnlyList<BatchOutcome> outcomes = await sink.WriteAsync([Numbers("a", [.. Enumerable.Range(0, 10).Select(n => n + 0.5)]), Numbers("b", 10.5, 11.5, 12.5)], Some.NoToken);

        Assert.Equal([10, 3], outcomes.Select(outcome => outcome.Decided));
        Assert.Equal(3, Assert.Single(outcomes[0].Rejected).Index);
        Assert.Contains("it is odd", Assert.Single(outcomes[1].Rejected).Reason, StringComparison.Ordinal);
        Assert.Equal(9, Stored("a").Count);
        Assert.Equal([10.5, 12.5], Stored("b"));
    }

    private LoopbackReply Behave(LoopbackRequest request)
    {
        if (IsData(request))
        {
            foreach ((string stream, double number) in Read(request))
            {
                _stored.Enqueue((stream, number));
            }
        }

        return Success;
    }

    private async Task<BatchOutcome> WriteTwo()
    {
        await using ISink sink = Open();
        return Assert.Single(await sink.WriteAsync([Numbers("a", 1.5, 2.5)], Some.NoToken));
    }

    private async Task GoesWellAgain()
    {
        Misbehaviour = null;
        Assert.Equal(2, (await WriteTwo()).Decided);
        Assert.Equal([1.5, 2.5], Stored("a"));
    }
}

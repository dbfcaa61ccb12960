using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Sinks;

/// <summary>The protocol of InfluxDB 2.</summary>
public sealed class InfluxDb2Tests : HttpSinkSuite
{
    protected override SinkSettings Settings => new InfluxDbSettings
    {
        Url = Url,
        Version = 2,
        Database = "my bucket",
        Organization = "us",
        Token = new SecretText("secret"),
        Tags = new Dictionary<string, string> { ["host"] = "here" },
    };

    protected override bool IsData(LoopbackRequest request) => request.Target.StartsWith("/api/v2/write", StringComparison.Ordinal);

    protected override IEnumerable<(string Stream, double Number)> Read(LoopbackRequest request)
        => request.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
            (line.Split(',')[0], double.Parse(line.Split(' ')[1].Split('=')[1].TrimEnd('i'), CultureInfo.InvariantCulture)));

    [Fact]
    public async Task Requests_contain_token_bucket_and_organization()
    {
        await using ISink sink = Open();
        await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken);

        LoopbackRequest request = Assert.Single(Server.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/api/v2/write?bucket=my%20bucket&precision=ns&org=us", request.Target);
        Assert.Equal("Token secret", request.Headers["Authorization"]);
        Assert.Equal("a,host=here value=1.5 1500000001500000000\n", request.Body);
    }

    [Fact]
    public async Task A_path_of_a_proxy_and_any_letters_of_a_name_are_kept()
    {
        Misbehaviour = _ => new LoopbackReply(204);
        await using ISink sink = SinkCatalog.Open(((InfluxDbSettings)Settings) with { Url = $"{Url}/influx/", Database = "my db&x=ü" }, Context);
        await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken);
        Assert.Equal("/influx/api/v2/write?bucket=my%20db%26x%3D%C3%BC&precision=ns&org=us", Assert.Single(Server.Requests).Target);
    }

    [Fact]
    public async Task A_request_is_sent_again_when_the_connection_breaks_once()
    {
        Misbehaviour = request => Server.Requests.Count == 1 ? new LoopbackReply(204) { CutAfter = 0 } : null;
        await using ISink sink = Open();
        Assert.Equal(1, Assert.Single(await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken)).Decided);
        Assert.Equal([1.5], Stored("a"));
    }

    [Fact]
    public async Task Zero_false_and_the_empty_text_are_values()
    {
        Misbehaviour = _ => new LoopbackReply(204);
        await using ISink sink = Open();
        DataObject point = new(new("fields", DataValue.Parse("""{"a":0,"b":0.0,"c":false,"d":""}""")), new("tags", DataValue.Parse("{}")));
        await sink.WriteAsync([new SinkBatch(new LogChannel { Name = "m", Kind = ChannelKind.Measurement }, Some.Point(1, DataValue.From(point)))], Some.NoToken);
        Assert.Equal("m,host=here a=0i,b=0,c=f,d=\"\" 1000000000\n", Assert.Single(Server.Requests).Body);
    }

    [Fact]
    public async Task Long_requests_are_compressed()
    {
        await using ISink sink = Open();
        await sink.WriteAsync([Numbers("a", [.. Enumerable.Range(0, 1000).Select(n => n + 0.5)])], Some.NoToken);
        Assert.Equal("gzip", Assert.Single(Server.Requests).Headers["Content-Encoding"]);
        Assert.Equal(1000, Stored("a").Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_partial_write_of_any_status_isolates_the_rejected_points(int status)
    {
        Misbehaviour = request => Read(request).Any(item => item.Stream == "bad")
            ? new LoopbackReply(status, """{"code":"internal error","message":"unexpected error writing points to database: partial write: points beyond retention policy dropped=1"}""")
            : null;
        await using ISink sink = Open();
        IReadOnlyList<BatchOutcome> outcomes = await sink.WriteAsync([Numbers("bad", 1.5), Numbers("good", 2.5)], Some.NoToken);
        Assert.Contains("beyond retention policy", Assert.Single(outcomes[0].Rejected).Reason, StringComparison.Ordinal);
        Assert.Empty(outcomes[1].Rejected);
        Assert.Equal([2.5], Stored("good"));
    }

    [Theory]
    [InlineData("""{"code":"invalid","message":"Please provide either orgID or org"}""")]
    [InlineData("""{"code":"unprocessable entity","message":"bucket is being deleted"}""")]
    public async Task A_rejection_of_a_request_without_points_too_sets_nothing_aside(string body)
    {
        Misbehaviour = _ => new LoopbackReply(body.Contains("unprocessable", StringComparison.Ordinal) ? 422 : 400, body);
        await using ISink sink = Open();
        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([Numbers("a", 1.5, 2.5)], Some.NoToken));
        Assert.Equal((0, 0), (outcome.Decided, outcome.Rejected.Count));
        Assert.IsType<SinkException>(outcome.Fault);
    }

    [Theory]
    [InlineData(204, "")]
    [InlineData(400, """{"code":"invalid","message":"writing requires points"}""")]
    public async Task The_test_writes_nothing_to_the_bucket(int status, string body)
    {
        Misbehaviour = _ => new LoopbackReply(status, body);
        await using ISink sink = Open();
        await sink.TestAsync(Some.NoToken);
        LoopbackRequest request = Assert.Single(Server.Requests);
        Assert.Equal(("POST", "/api/v2/write?bucket=my%20bucket&precision=ns&org=us", ""), (request.Method, request.Target, request.Body));
    }

    [Fact]
    public async Task A_fraction_after_integers_is_rejected_before_it_is_sent()
    {
        await using ISink sink = Open();
        await sink.WriteAsync([Values(1L, 2L)], Some.NoToken);
        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([Values(3L, 3.5, 4.0)], Some.NoToken));
        RejectedEntry fraction = Assert.Single(outcome.Rejected);
        Assert.Equal(1, fraction.Index);
        Assert.Contains("'value' of 'a'", fraction.Reason, StringComparison.Ordinal);
        Assert.Equal(["value=1i", "value=2i", "value=3i", "value=4i"], Fields());
    }

    [Fact]
    public async Task Integers_and_fractions_of_a_new_field_are_floats()
    {
        await using ISink sink = Open();
        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([Values(1L, 1.5, 2L)], Some.NoToken));
        Assert.Empty(outcome.Rejected);
        Assert.Equal(["value=1", "value=1.5", "value=2"], Fields());
    }

    [Fact]
    public async Task A_type_that_InfluxDB_names_in_an_error_is_used_from_then_on()
    {
        Misbehaviour = request => request.Body.Contains("=1i", StringComparison.Ordinal)
            ? new LoopbackReply(422, """{"code":"unprocessable entity","message":"failure writing points to database: partial write: field type conflict: input field \"value\" on measurement \"a\" is type integer, already exists as type float dropped=1"}""")
            : null;
        await using ISink sink = Open();
        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([Values([.. Enumerable.Range(1, 50).Select(n => (object)(long)n)])], Some.NoToken));
        Assert.Equal((50, 0), (outcome.Decided, outcome.Rejected.Count));
        Assert.Equal(2, Server.Requests.Count);
        await sink.WriteAsync([Values(9L)], Some.NoToken);
        Assert.Equal("value=9", Fields()[^1]);
    }

    public static TheoryData<double, string?> Times => new()
    {
        { 0, "0" },
        { 1_596_240_000.123456, "1596240000123456000" },
        { -1.5, "-1500000000" },
        { Math.BitIncrement(1_596_240_000.123456), "1596240000123456200" },
        { 9_223_372_036, "9223372036000000000" },
        { 9_223_372_037, null },
        { -9_223_372_037, null },
        { 13_569_465_600, null },
        { 1e300, null },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public async Task A_time_is_sent_in_whole_nanoseconds_or_the_point_is_rejected(double t, string? nanoseconds)
    {
        await using ISink sink = Open();
        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([new SinkBatch(new LogChannel { Name = "a" }, Some.Point(t, DataValue.From(1.5)))], Some.NoToken));
        Assert.Equal(nanoseconds, outcome.Rejected.Count == 0 ? Server.Requests.Single().Body.Trim().Split(' ')[^1] : null);
        Assert.All(outcome.Rejected, rejected => Assert.Contains("2262", rejected.Reason, StringComparison.Ordinal));
    }

    public static TheoryData<string, string, string, string> Lost => new()
    {
        { "#3 pump", """{"v":1}""", "{}", "#" },
        { "\tm", """{"v":1}""", "{}", "leave out" },
        { "m\\", """{"v":1}""", "{}", "backslash" },
        { "m\\,x", """{"v":1}""", "{}", "backslash" },
        { "m", """{"time":1,"v":2}""", "{}", "'time'" },
        { "m", """{"_field":1,"v":2}""", "{}", "'_field'" },
        { "m", """{"":1,"v":2}""", "{}", "without a name" },
        { "m", """{"a\\":1}""", "{}", "backslash" },
        { "m", """{"a\\=b":1}""", "{}", "backslash" },
        { "m", """{"v":123456789012345678901234567890}""", "{}", "rounding" },
        { "m", """{"v":1e400}""", "{}", "rounding" },
        { "m", """{"v":null}""", "{}", "no value" },
        { "m", """{"v":1}""", """{"time":"x"}""", "'time'" },
        { "m", """{"v":1}""", """{"_measurement":"x"}""", "'_measurement'" },
        { "m", """{"v":1}""", """{"":"x"}""", "without a name" },
        { "m", """{"v":1}""", """{"k":"c:\\"}""", "backslash" },
        { "m", """{"v":1}""", """{"k\\":"c"}""", "backslash" },
    };

    [Theory]
    [MemberData(nameof(Lost))]
    public async Task A_point_that_InfluxDB_would_ignore_or_change_is_rejected_and_its_neighbours_are_stored(string measurement, string fields, string tags, string reason)
    {
        await using ISink sink = Open();
        DataObject point = new(new("fields", DataValue.Parse(fields)), new("tags", DataValue.Parse(tags)));
        IReadOnlyList<BatchOutcome> outcomes = await sink.WriteAsync(
            [new SinkBatch(new LogChannel { Name = measurement, Kind = ChannelKind.Measurement }, Some.Point(5, DataValue.From(point))), Numbers("good", 2.5)], Some.NoToken);
        Assert.Contains(reason, Assert.Single(outcomes[0].Rejected).Reason, StringComparison.Ordinal);
        Assert.Equal([2.5], Stored("good"));
        Assert.DoesNotContain("1", Assert.Single(Server.Requests).Body.Split(' ')[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task A_number_that_is_none_is_rejected(double number)
    {
        await using ISink sink = Open();
        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([Values(number)], Some.NoToken));
        Assert.Contains("'value'", Assert.Single(outcome.Rejected).Reason, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task Two_members_of_an_object_that_become_one_field_are_rejected()
    {
        await using ISink sink = Open();
        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([new SinkBatch(new LogChannel { Name = "a" }, Some.Point(5, DataValue.Parse("""{"a_b":1,"a":{"b":2}}""")))], Some.NoToken));
        Assert.Contains("'a_b'", Assert.Single(outcome.Rejected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_default_tag_that_cannot_be_written_is_refused()
        => Assert.Throws<InvalidValueException>(() => SinkCatalog.Open(((InfluxDbSettings)Settings) with { Tags = new Dictionary<string, string> { ["drive"] = "c:\\" } }, Context));

    private static SinkBatch Values(params object[] values)
    {
        BlockBuilder points = new();
        for (int i = 0; i < values.Length; i++)
        {
            points.Add(1_500_000_000 + i, values[i] is long whole ? DataValue.From(whole) : DataValue.From((double)values[i]));
        }

        return new SinkBatch(new LogChannel { Name = "a" }, points.Build());
    }

    private string[] Fields() => [.. Server.Requests.Where(request => Misbehaviour?.Invoke(request) is null).SelectMany(request => request.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(line => line.Split(' ')[1])];
}

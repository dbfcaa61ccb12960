using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

public sealed class PingSamplerTests : MissingThingSuite
{
    protected override SamplerContext Good => Of("net.ping", "127.0.0.1");

    protected override SamplerContext Bad => Of("net.ping", "no-such-host.invalid");

    protected override void Check(DataValue value)
    {
        Assert.True(value.AsDouble() > 0);
    }
}

public sealed class DnsSamplerTests : MissingThingSuite
{
    protected override SamplerContext Good => Of("net.dns", "localhost");

    protected override SamplerContext Bad => Of("net.dns", "no-such-host.invalid");

    protected override void Check(DataValue value) => Assert.True(value.AsDouble() >= 0);
}

public sealed class TcpSamplerTests : MissingThingSuite
{
    private readonly LoopbackServer _server = new();
    private readonly ClosedPort _closed = new();

    protected override SamplerContext Good => Of("net.tcp", new Uri(_server.Url).Authority);

    protected override SamplerContext Bad => Of("net.tcp", _closed.Authority);

    public override void Dispose()
    {
        _closed.Dispose();
        _server.Dispose();
        base.Dispose();
    }

    protected override void Check(DataValue value) => Assert.True(value.AsDouble() >= 0);
}

public sealed class HttpSamplerTests : MissingThingSuite
{
    private readonly LoopbackServer _server = new() { Answer = _ => new LoopbackReply(404, "none") };
    private readonly ClosedPort _closed = new();

    protected override SamplerContext Good => Of("net.http", _server.Url);

    protected override SamplerContext Bad => Of("net.http", $"http://{_closed.Authority}/");

    public override void Dispose()
    {
        _closed.Dispose();
        _server.Dispose();
        base.Dispose();
    }

    protected override void Check(DataValue value)
    {
        Assert.Equal(404, Field(value, "status").AsInteger());
        Assert.True(Field(value, "ms").AsDouble() >= 0);
    }
}

public sealed class JsonSamplerTests : MissingThingSuite
{
    private readonly LoopbackServer _server = new() { Answer = _ => new LoopbackReply(200, """{"main": {"temp": 21.5}, "items": [true, null]}""") };
    private readonly ClosedPort _closed = new();

    protected override SamplerContext Good => Of("http.json", $"{_server.Url}/status | /main/temp");

    protected override SamplerContext Bad => Of("http.json", $"http://{_closed.Authority}/ | /main/temp");

    public override void Dispose()
    {
        _closed.Dispose();
        _server.Dispose();
        base.Dispose();
    }

    [Theory]
    [InlineData("", """{"main":{"temp":21.5},"items":[true,null]}""")]
    [InlineData("| /items/0", "true")]
    [InlineData("| /items/1", "null")]
    public async Task A_pointer_selects_the_value(string pointer, string expected)
        => Assert.Equal(expected, (await ValueAsync($"{_server.Url}/{pointer}")).ToJson());

    [Fact]
    public async Task A_request_carries_method_headers_and_body_and_reads_secrets_each_time()
    {
        File.WriteAllText(Folder["key"], "one\n");
        string file = System.Text.Json.JsonSerializer.Serialize(Folder["key"]);
        using ISampler sampler = SamplerCatalog.Open(Of("http.json", $$"""{"url": "{{_server.Url}}/ask", "path": "/main/temp", "method": "put", "headers": {"X-Key": {"file": {{file}}}, "Accept": "text/json"}, "body": {"q": 1} }"""));
        await sampler.SampleAsync(Some.NoToken);
        File.WriteAllText(Folder["key"], "two\n");
        await sampler.SampleAsync(Some.NoToken);
        Assert.Equal(["PUT one text/json {\"q\":1}", "PUT two text/json {\"q\":1}"], _server.Requests.Select(request => $"{request.Method} {request.Headers["X-Key"]} {request.Headers["Accept"]} {request.Body}"));
    }

    [Theory]
    [InlineData(200, "<html>", "is not JSON")]
    [InlineData(200, "{}", "has nothing at /main/temp: {}")]
    [InlineData(401, "{}", "answered 401.")]
    [InlineData(302, "", "answered 302 with the new address 'http://127.0.0.1:1/login'; use that one.")]
    public async Task An_answer_without_the_value_is_an_error_that_names_the_address_without_its_secrets(int status, string body, string message)
    {
        _server.Answer = _ => new LoopbackReply(status, body) { Headers = status == 302 ? [("Location", "http://127.0.0.1:1/login?key=secret")] : [] };
        string address = _server.Url.Replace("//", "//me:password@", StringComparison.Ordinal);
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => ValueAsync($"{address}/status?key=secret | /main/temp"));
        Assert.Contains($"'{_server.Url}/status'", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_that_is_not_set_is_named()
    {
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => ValueAsync($$"""{"url": "{{_server.Url}}", "headers": {"X-Key": {"env": "NO_SUCH_VARIABLE_OF_MINE"} } }"""));
        Assert.EndsWith("The environment variable 'NO_SUCH_VARIABLE_OF_MINE' is not set.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/", "is not a web address")]
    [InlineData("http://127.0.0.1/ | main.temp", "is not a JSON Pointer")]
    [InlineData("""{"path": "/a"}""", "needs the member url")]
    [InlineData("""{"url": 5}""", "url of a request of http.json is a text, not 5")]
    [InlineData("""{"url": "http://127.0.0.1/", "query": "a"}""", "no member 'query'")]
    [InlineData("""{"url": "http://127.0.0.1/", "headers": []}""", "headers of a request is an object")]
    [InlineData("""{"url": "http://127.0.0.1/", "headers": {"A": 5}}""", "'A' is neither a text")]
    [InlineData("""{"url": "http://127.0.0.1/", "headers": {"A b": "c"}}""", "'A b' cannot be a header")]
    [InlineData("""{"url": """, "is not a JSON object")]
    public void A_wrong_request_is_refused(string argument, string message)
        => Assert.Contains(message, Assert.Throws<InvalidValueException>(() => SamplerCatalog.Open(Of("http.json", argument))).Message, StringComparison.Ordinal);

    protected override void Check(DataValue value) => Assert.Equal(21.5, value.AsDouble());

    private static async Task<DataValue> ValueAsync(string argument)
    {
        using ISampler sampler = SamplerCatalog.Open(Of("http.json", argument));
        return await sampler.SampleAsync(Some.NoToken).AsTask().WaitAsync(Patience);
    }
}

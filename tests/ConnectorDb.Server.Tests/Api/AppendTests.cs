using System.Net;
using System.Text;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Api;

public sealed class AppendTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Mixed = """[{"t": 2, "d": 1}, {"t": 1, "d": 2}, {"t": 3, "d": 3}]""";

    [Fact]
    public async Task An_insert_stores_nothing_of_an_invalid_array_unless_the_client_prefers_lenient_handling()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpResponseMessage strict = await SendAsync($"{stream}/data", Mixed, null);
        using HttpResponseMessage lenient = await SendAsync($"{stream}/data", Mixed, "respond-async, handling=lenient");

        Assert.Equal((HttpStatusCode.Conflict, false), (strict.StatusCode, strict.Headers.Contains("Preference-Applied")));
        Assert.Equal((HttpStatusCode.OK, "handling=lenient"), (lenient.StatusCode, Assert.Single(lenient.Headers.GetValues("Preference-Applied"))));
        JsonElement result = JsonDocument.Parse(await lenient.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(2, result.GetProperty("count").GetInt64());
        JsonElement rejected = Assert.Single(result.GetProperty("rejected").EnumerateArray());
        Assert.Equal((1, "time_order"), (rejected.GetProperty("index").GetInt32(), rejected.GetProperty("kind").GetString()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""[{"data": []}]""")]
    [InlineData("""[{"stream": "me/user/x"}]""")]
    [InlineData("""[{"stream": "me/user/x", "data": [], "color": 1}]""")]
    [InlineData("""[{"stream": "me/user/x", "data": [{"t": 1}""")]
    public async Task Blocks_that_are_not_blocks_are_an_error_of_the_client(string body)
    {
        using HttpResponseMessage answer = await SendAsync("datapoints", body, null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("STREAM/data", """[{"t": 5, "value": 21.5}]""")]
    [InlineData("STREAM/data", """{"t": 5, "value": 21.5}""")]
    [InlineData("STREAM/data", """{"value": 21.5}""")]
    [InlineData("datapoints", """[{"stream": "PATH", "data": [{"t": 5, "value": 21.5}]}]""")]
    public async Task A_datapoint_with_its_value_in_another_member_is_refused_with_both_names(string address, string body)
    {
        string stream = await fixture.AddStreamAsync();
        string path = stream.Replace("crud/", "", StringComparison.Ordinal);
        using HttpResponseMessage answer = await SendAsync(address.Replace("STREAM", stream, StringComparison.Ordinal), body.Replace("PATH", path, StringComparison.Ordinal), null);
        using WebSocketTester socket = await WebSocketTester.OpenAsync(fixture.Server);
        JsonElement refused = await socket.RefusedAsync($$"""{"cmd": "insert", "arg": "{{path}}", "d": [{"t": 5, "value": 21.5}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        foreach (string message in (string[])[await answer.Content.ReadAsStringAsync(), refused.ToString()])
        {
            Assert.Contains("unknown member 'value' and no value 'd'", message, StringComparison.Ordinal);
        }

        using HttpClient http = fixture.Server.Http();
        Assert.Equal("0", await http.GetStringAsync($"{stream}/data?q=length"));
    }

    [Theory]
    [InlineData("POST", "STREAM/data", """{"d": 1, "d": 2}""", "'d'")]
    [InlineData("POST", "STREAM/data", """[{"t": 5, "d": 1}, {"t": 6, "d": 1, "d": 2}]""", "'d'")]
    [InlineData("POST", "datapoints", """[{"stream": "PATH", "data": [{"t": 5, "t": 6, "d": 1}]}]""", "'t'")]
    [InlineData("POST", "datapoints", """[{"stream": "PATH", "data": [{"d": 1}], "data": [{"d": 2}]}]""", "'data'")]
    [InlineData("POST", "datapoints", """[{"stream": "PATH", "stream": "PATH", "data": [{"d": 1}]}]""", "'stream'")]
    [InlineData("POST", "query/merge", """[{"stream": "PATH", "stream": "me/user/other"}]""", "'stream'")]
    [InlineData("PUT", "STREAM", """{"nickname": "a", "Nickname": "b"}""", "'nickname'")]
    [InlineData("POST", "crud/me/repeated", """{"streams": {"a": {}, "a": {}}}""", "'a'")]
    public async Task A_repeated_member_is_refused_with_its_name(string method, string address, string body, string member)
    {
        string stream = await fixture.AddStreamAsync();
        string path = stream.Replace("crud/", "", StringComparison.Ordinal);
        using HttpClient http = fixture.Server.Http();

        string message = await http.RefusedAsync(
            new HttpMethod(method), address.Replace("STREAM", stream, StringComparison.Ordinal), body.Replace("PATH", path, StringComparison.Ordinal), HttpStatusCode.BadRequest);

        Assert.Contains(member, message, StringComparison.Ordinal);
        Assert.Equal("0", await http.GetStringAsync($"{stream}/data?q=length"));
    }

    [Theory]
    [InlineData("""[{"d": 1, "d": 2}]""")]
    [InlineData("""[{"d": 1}], "d": [{"d": 2}]""")]
    public async Task A_repeated_member_in_a_message_is_refused_with_its_name(string points)
    {
        string stream = await fixture.AddStreamAsync();
        using WebSocketTester socket = await WebSocketTester.OpenAsync(fixture.Server);
        JsonElement refused = await socket.RefusedAsync($$"""{"cmd": "insert", "arg": "{{stream.Replace("crud/", "", StringComparison.Ordinal)}}", "d": {{points}}}""");
        Assert.Contains("'d'", refused.ToString(), StringComparison.Ordinal);
        using HttpClient http = fixture.Server.Http();
        Assert.Equal("0", await http.GetStringAsync($"{stream}/data?q=length"));
    }

    [Theory]
    [InlineData("1e18", "years 1 to 9999")]
    [InlineData("1e300", "years 1 to 9999")]
    [InlineData("-1e18", "years 1 to 9999")]
    [InlineData("1769882400000", "not milliseconds")]
    public async Task A_time_that_no_calendar_has_is_refused(string t, string reason)
    {
        string stream = await fixture.AddStreamAsync();
        using HttpResponseMessage answer = await SendAsync($"{stream}/data", $$"""[{"t": {{t}}, "d": 1}]""", null);
        using HttpResponseMessage next = await SendAsync($"{stream}/data", """[{"t": 4070908800, "d": 2}]""", null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task A_server_refuses_times_further_ahead_than_its_setting_allows()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --max-ahead 3600");
        using HttpClient http = server.Http();
        using HttpResponseMessage made = await http.PostAsync("crud/me/user/x", new StringContent("{}", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

        using HttpResponseMessage near = await http.PostAsync("crud/me/user/x/data", new StringContent($$"""[{"t": {{now + 1800}}, "d": 1}]""", Encoding.UTF8, "application/json"));
        using HttpResponseMessage far = await http.PostAsync("crud/me/user/x/data", new StringContent($$"""[{"t": {{now + 86400}}, "d": 2}]""", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.OK, near.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, far.StatusCode);
        Assert.Contains("MaxAhead", await far.Content.ReadAsStringAsync());
        Assert.Equal("1", await http.GetStringAsync("crud/me/user/x/data?q=length"));
    }

    [Theory]
    [InlineData("X-ConnectorDb-Insert-Id", "an id", "an id")]
    [InlineData("Idempotency-Key", "another id", "another id")]
    [InlineData("Idempotency-Key", "\"8e03978e\"", "8e03978e")]
    public async Task An_insert_with_an_id_is_stored_once_and_the_id_belongs_to_its_content_and_method(string header, string id, string repeated)
    {
        string stream = await fixture.AddStreamAsync();
        const string Body = """[{"t": 1, "d": 1}]""";
        Assert.Equal(HttpStatusCode.OK, (await InsertAsync(HttpMethod.Post, stream, Body, (header, id))).Status);
        Assert.Equal(HttpStatusCode.OK, (await InsertAsync(HttpMethod.Post, stream, Body, ("X-ConnectorDb-Insert-Id", repeated))).Status);
        (HttpStatusCode status, string text) = await InsertAsync(HttpMethod.Put, stream, Body, (header, id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("The insert id", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await InsertAsync(HttpMethod.Post, stream, """[{"t": 2, "d": 1}]""", (header, id))).Status);
        using HttpClient http = fixture.Server.Http();
        Assert.Equal("1", await http.DoAsync(HttpMethod.Get, $"{stream}/data?q=length"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await InsertAsync(HttpMethod.Post, stream, "[]", (header, id))).Status);
        string ephemeral = await fixture.AddStreamAsync("""{"ephemeral": true}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await InsertAsync(HttpMethod.Post, ephemeral, Body, (header, id))).Status);

        string empty = fixture.NewName("i");
        Assert.Equal(HttpStatusCode.OK, (await InsertAsync(HttpMethod.Post, stream, "[]", (header, empty))).Status);
        Assert.Equal(HttpStatusCode.OK, (await InsertAsync(HttpMethod.Post, stream, "[]", (header, empty))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await InsertAsync(HttpMethod.Post, stream, Body, (header, empty))).Status);
    }

    [Fact]
    public async Task An_empty_insert_id_and_two_of_them_are_refused()
    {
        string stream = await fixture.AddStreamAsync();
        foreach ((string, string)[] headers in ((string, string)[][])
            [[("X-ConnectorDb-Insert-Id", "")], [("Idempotency-Key", " ")], [("Idempotency-Key", "\"\"")], [("X-ConnectorDb-Insert-Id", "a"), ("Idempotency-Key", "a")]])
        {
            (HttpStatusCode status, string text) = await InsertAsync(HttpMethod.Post, stream, """[{"t": 1, "d": 1}]""", headers);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains(headers[0].Item1, text, StringComparison.Ordinal);
        }
    }

    private async Task<(HttpStatusCode Status, string Text)> InsertAsync(HttpMethod method, string stream, string body, params (string Name, string Value)[] headers)
    {
        using HttpClient http = fixture.Server.Http();
        foreach ((string name, string value) in headers)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(method, $"{stream}/data", body);
    }

    private async Task<HttpResponseMessage> SendAsync(string address, string body, string? preference)
    {
        using HttpClient http = fixture.Server.Http();
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (preference is not null)
        {
            request.Headers.Add("Prefer", preference);
        }

        return await http.SendAsync(request);
    }
}

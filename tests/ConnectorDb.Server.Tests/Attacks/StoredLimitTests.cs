using System.Net;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>A user stores as much as possible: long texts, large schemas, many devices, streams and subscriptions.</summary>
public sealed class StoredLimitTests
{
    private const int MostEchoed = 5000;
    private const int MaxQuote = 210;

    [Theory]
    [InlineData("crud/me", "nickname", 201)]
    [InlineData("crud/me", "email", 400)]
    [InlineData("crud/me", "description", 1001)]
    [InlineData("crud/me", "icon", 4097)]
    [InlineData("crud/me/user", "nickname", 1_000_000)]
    [InlineData("crud/me/user", "apikey", 501)]
    [InlineData("crud/me/user/s", "datatype", 201)]
    [InlineData("crud/me/user/s", "nickname", 201)]
    public async Task A_field_has_a_maximum_length(string path, string field, int length)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        string message = await http.RefusedAsync(HttpMethod.Put, path, $$"""{"{{field}}": "{{new string('x', length)}}"}""", HttpStatusCode.BadRequest);
        Assert.Contains("at most", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 0, 500);
    }

    [Fact]
    public async Task A_schema_has_a_maximum_length_and_its_patterns_too()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --schema-limit 5000");
        using HttpClient http = server.Http();
        await RefusedAsync($$"""{"description": "{{new string('x', 5000)}}"}""", "at most 5000");
        await RefusedAsync($$"""{"pattern": "{{new string('x', 2001)}}"}""", "at most 2000");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", Body($$"""{"pattern": "{{new string('x', 2000)}}"}"""));

        async Task RefusedAsync(string schema, string reason)
            => Assert.Contains(reason, await http.RefusedAsync(HttpMethod.Post, "crud/me/user/s", Body(schema), HttpStatusCode.BadRequest), StringComparison.Ordinal);

        static string Body(string schema) => JsonSerializer.Serialize(new { schema });
    }

    [Theory]
    [InlineData("""{"pattern": "^(?=(a+)+$)b"}""", """{"t": N, "d": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"}""")]
    [InlineData("""{"patternProperties": {"^(?=(a+)+$)b": {}}}""", """{"t": N, "d": {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!": 1}}""")]
    public async Task A_pattern_that_backtracks_for_ever_refuses_thousands_of_values_and_others_go_on(string schema, string point)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", JsonSerializer.Serialize(new { schema }));
        string points = $"[{string.Join(',', Enumerable.Range(1, 5000).Select(n => point.Replace("N", $"{n}", StringComparison.Ordinal)))}]";
        using HttpRequestMessage insert = new(HttpMethod.Post, "crud/me/user/s/data") { Content = Answered.Json(points), Headers = { { "Prefer", "handling=lenient" } } };
        using HttpResponseMessage response = await http.SendAsync(insert);
        JsonElement result = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((0, 5000), (result.GetProperty("count").GetInt32(), result.GetProperty("rejected").GetArrayLength()));
    }

    [Fact]
    public async Task A_user_has_a_maximum_of_devices_and_a_device_of_streams()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --device-limit 2 --stream-limit 3");
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/one", """{"streams": {"a": {}, "b": {}}}""");
        await http.DoAsync(HttpMethod.Post, "crud/me/one/c", "{}");
        Assert.Contains("--stream-limit", await http.RefusedAsync(HttpMethod.Post, "crud/me/one/d", "{}", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("--stream-limit", await http.RefusedAsync(HttpMethod.Post, "crud/me/two", """{"streams": {"a": {}, "b": {}, "c": {}, "d": {}}}""", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        await http.DoAsync(HttpMethod.Post, "crud/me/two", "{}");
        Assert.Contains("--device-limit", await http.RefusedAsync(HttpMethod.Post, "crud/me/three", "{}", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        await http.DoAsync(HttpMethod.Delete, "crud/me/two");
        await http.DoAsync(HttpMethod.Post, "crud/me/three", "{}");
    }

    [Fact]
    public async Task A_device_has_a_maximum_of_subscriptions_over_all_its_websockets()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --device-subscription-limit 3");
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        using WebSocketTester one = await WebSocketTester.OpenAsync(server);
        using WebSocketTester two = await WebSocketTester.OpenAsync(server);
        await one.DoAsync(Subscribe(1));
        await one.DoAsync(Subscribe(2));
        await two.DoAsync(Subscribe(1));
        Assert.Contains("--device-subscription-limit", (await two.RefusedAsync(Subscribe(2))).GetProperty("msg").GetString(), StringComparison.Ordinal);
        await one.DoAsync("""{"cmd": "unsubscribe_all"}""");
        await two.DoAsync(Subscribe(2));

        static string Subscribe(int id) => $$"""{"cmd": "subscribe", "arg": "me/user/s", "id": {{id}}}""";
    }

    [Theory]
    [InlineData("PUT", "crud/me", """{"role": "X"}""")]
    [InlineData("PUT", "crud/me/user", """{"role": "X"}""")]
    [InlineData("PUT", "crud/me", """{"X": 1}""")]
    [InlineData("PUT", "crud/me", """{"name": "X"}""")]
    [InlineData("POST", "crud/me/X", "{}")]
    [InlineData("GET", "crud/me/user/s?q=X", null)]
    [InlineData("GET", "crud/me/user/s/data?i1=X", null)]
    [InlineData("GET", "crud/me/user/s/data?t1=X", null)]
    [InlineData("GET", "crud/me/user/s/data?q=chart&every=X", null)]
    [InlineData("GET", "crud/me/user/s/data?q=chart&every=1d&timezone=X", null)]
    [InlineData("GET", "X", null)]
    [InlineData("POST", "query/merge", """[{"stream": "X", "i1": 0}]""")]
    [InlineData("POST", "query/ends", """["X"]""")]
    [InlineData("POST", "query/dataset", """{"t1": 1, "t2": 9, "dt": 1, "dataset": {"c": {"stream": "me/user/s", "interpolator": "X"}}}""")]
    [InlineData("POST", "query/dataset", """{"t1": 1, "t2": 9, "dt": "X", "dataset": {"c": {"stream": "me/user/s", "interpolator": "closest"}}}""")]
    [InlineData("POST", "crud/me/user/t", """{"schema": "{\"$ref\": \"X\"}"}""")]
    [InlineData("POST", "crud/me/user/t", """{"schema": "{\"type\": \"X\"}"}""")]
    [InlineData("POST", "crud/me/user/s/data", """[{"t": "X", "d": 1}]""")]
    [InlineData("POST", "crud/me/user/s/data", """{"X": 1}""")]
    [InlineData("POST", "crud/me/user/s/data", "X")]
    public async Task An_error_repeats_little_of_a_long_text(string method, string path, string? body)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        string text = new('x', 1900);
        (HttpStatusCode status, string answer) = await http.SendAsync(new HttpMethod(method), path.Replace("X", text, StringComparison.Ordinal), body?.Replace("X", text, StringComparison.Ordinal));
        Assert.Equal(4, (int)status / 100);
        JsonElement error = JsonDocument.Parse(answer).RootElement;
        foreach (JsonProperty member in error.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String && member.Name != "path"))
        {
            Assert.True(member.Value.GetString()!.Count(letter => letter == 'x') <= 3 * MaxQuote, $"{member.Name}: {answer}");
        }
    }

    [Fact]
    public async Task An_error_does_not_repeat_an_input_of_megabytes()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        string large = new('x', 6 << 20);
        foreach ((HttpMethod method, string path, string body) in new[]
        {
            (HttpMethod.Post, "query/merge", $$"""[{"stream": "me/user/s", "i1": 0, "transform": "{{large}}"}]"""),
            (HttpMethod.Post, "query/merge", $$"""[{"stream": "me/user/s", "i1": 0, "transform": "{{large[..90_000]}}("}]"""),
            (HttpMethod.Post, "query/merge", $$"""[{"stream": "{{large}}", "i1": 0}]"""),
            (HttpMethod.Post, "query/dataset", $$$$"""{"t1": 1, "t2": 9, "dt": 1, "dataset": {"c": {"stream": "me/user/s", "interpolator": "{{{{large}}}}"}}}"""),
            (HttpMethod.Put, "crud/me", $$"""{"{{large}}": 1}"""),
            (HttpMethod.Put, "crud/me", $$"""{"role": "{{large}}"}"""),
            (HttpMethod.Put, "crud/me", $$"""{"name": "{{large}}"}"""),
            (HttpMethod.Post, "crud/me/user/t", $$"""{"schema": "{\"$ref\": \"{{large}}\"}"}"""),
            (HttpMethod.Post, "crud/me/user/s/data", $$"""[{"t": 2, "d": 1}, {"t": "{{large}}", "d": 1}]"""),
        })
        {
            (HttpStatusCode status, string text) = await http.SendAsync(method, path, body);
            Assert.Equal(4, (int)status / 100);
            Assert.True(text.Length < MostEchoed * 4, $"{path}: {text.Length} characters");
            Assert.InRange(JsonDocument.Parse(text).RootElement.GetProperty("msg").GetString()!.Length, 1, MostEchoed);
        }
    }
}

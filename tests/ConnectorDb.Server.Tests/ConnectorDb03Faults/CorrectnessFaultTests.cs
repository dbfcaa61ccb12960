using System.Net;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.ConnectorDb03Faults;

/// <summary>Correctness faults of the ConnectorDB 0.3 server that ours does not have. The trait is the number in the list of these faults; number 18 is tested with websockets.</summary>
public sealed class CorrectnessFaultTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly RunningServer _server = fixture.Server;

    [Theory]
    [Trait("Fault", "15")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"nickname\": ")]
    [InlineData("{\"nickname\": \"\\ud800\"}")]
    [InlineData("{\"nickname\": \"x\"} more")]
    public async Task A_change_that_is_not_a_JSON_object_is_rejected_and_changes_nothing(string body)
    {
        string stream = await fixture.AddStreamAsync("""{"nickname": "before"}""");
        using HttpClient http = _server.Http();
        foreach (string path in new[] { stream, "crud/me/user", "crud/me" })
        {
            await http.RefusedAsync(HttpMethod.Put, path, body, HttpStatusCode.BadRequest);
        }

        await http.RefusedAsync(HttpMethod.Put, stream, $$"""{"nickname": "{{new string('x', 11 << 20)}}"}""", HttpStatusCode.RequestEntityTooLarge);
        Assert.Contains("\"before\"", await http.DoAsync(HttpMethod.Get, stream), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Fault", "16")]
    [InlineData("crud/new", """{"email": "n@x", "password": "p", "devices": {"d": null}}""")]
    [InlineData("crud/new", """{"email": "n@x", "password": "p", "streams": {"s": null}}""")]
    [InlineData("query/merge", "[null]")]
    [InlineData("query/dataset", """{"t1": 0, "t2": 10, "dt": 1, "dataset": {"c": null}}""")]
    [InlineData("query/dataset", """{"t1": 0, "t2": 10, "dt": 1, "dataset": null}""")]
    [InlineData("crud/me/user/s/data", "[null]")]
    public async Task Null_for_a_required_value_is_an_error(string path, string body)
    {
        using HttpClient http = _server.Http();
        await http.RefusedAsync(HttpMethod.Post, path, body, HttpStatusCode.BadRequest);
        await http.GetAsync("crud/new", HttpStatusCode.NotFound);
    }

    [Theory]
    [Trait("Fault", "17")]
    [InlineData("application/json")]
    [InlineData("text/csv")]
    public async Task A_response_that_fails_halfway_is_distinguishable_from_a_complete_one(string type)
    {
        const int Many = 100_000;
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        string points = string.Join(',', Enumerable.Range(1, Many).Select(i => $$"""{"t": {{i}}, "d": 1}"""));
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", $$"""[{{points}}, {"t": {{Many + 1}}, "d": "no number"}]""");

        http.DefaultRequestHeaders.Add("Accept", type);
        using HttpResponseMessage answer = await http.GetAsync($"{stream}/data?i1=0&transform=sum", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await using Stream content = await answer.Content.ReadAsStreamAsync();
            await content.CopyToAsync(Stream.Null);
        });
    }

    [Fact]
    [Trait("Fault", "19")]
    public async Task The_index_of_a_time_after_the_end_is_the_count_and_a_missing_stream_is_not_found()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        Assert.Equal("0", await http.DoAsync(HttpMethod.Get, $"{stream}/data?q=time2index&t=9"));
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 1, "d": 1}, {"t": 2, "d": 1}]""");
        Assert.Equal("2", await http.DoAsync(HttpMethod.Get, $"{stream}/data?q=time2index&t=9"));
        Assert.Equal("1", await http.DoAsync(HttpMethod.Get, $"{stream}/data?q=time2index&t=1"));
        await http.GetAsync("crud/me/user/none/data?q=time2index&t=1", HttpStatusCode.NotFound);
        await http.GetAsync("crud/me/user/none/data?q=length", HttpStatusCode.NotFound);
    }

    [Theory]
    [Trait("Fault", "20")]
    [InlineData("""{"t1": 1, "t2": 4, "dt": 1, "dataset": {"c": {"stream": "S", "interpolator": "after"}}}""", """[{"t":1,"d":{"c":20}}]""")]
    [InlineData("""{"t1": 5, "t2": 7, "dt": 1, "dataset": {"c": {"stream": "S", "interpolator": "after", "allownil": true}}}""", """[{"t":5,"d":{"c":null}},{"t":6,"d":{"c":null}}]""")]
    [InlineData("""{"t1": 2, "t2": 4, "dt": 1, "dataset": {"c": {"stream": "S", "interpolator": "sum"}}}""", """[{"t":2,"d":{"c":20.0}},{"t":3,"d":{"c":0.0}}]""")]
    [InlineData("""{"t1": 5, "t2": 6, "dt": 1, "dataset": {"c": {"stream": "S", "interpolator": "(mean)", "allownil": true}}}""", """[{"t":5,"d":{"c":null}}]""")]
    public async Task Datasets_drop_null_rows_and_count_nothing_twice(string query, string expected)
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 1, "d": 10}, {"t": 2, "d": 20}]""");
        Assert.Equal(expected, await http.DoAsync(HttpMethod.Post, "query/dataset", query.Replace("\"S\"", $"\"{stream["crud/".Length..]}\"", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Fault", "21")]
    public async Task Null_values_are_part_of_the_response()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 1, "d": null}]""");
        Assert.Equal("""[{"t":1,"d":null}]""", await http.DoAsync(HttpMethod.Get, $"{stream}/data?i1=0"));
    }

    [Theory]
    [Trait("Fault", "22")]
    [InlineData("application/json", """[{"t":1,"d":10.0,"stream":"D/s"},{"t":2,"d":20.0,"o":"me/user","stream":"D/s/downlink"}]""")]
    [InlineData("text/csv", "t,d,o,stream\r\n1,10.0,,D/s\r\n2,20.0,me/user,D/s/downlink\r\n")]
    public async Task Transforms_and_merges_keep_the_origin_and_merges_name_the_stream(string type, string expected)
    {
        string device = $"me/{fixture.NewName("d")}";
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"crud/{device}", """{"streams": {"s": {"downlink": true}}}""");
        using HttpClient own = _server.Http(_server.KeyOf(device));
        await own.DoAsync(HttpMethod.Post, $"crud/{device}/s/data", """[{"t": 1, "d": 1}]""");
        await http.DoAsync(HttpMethod.Post, $"crud/{device}/s/data", """[{"t": 2, "d": 2}]""");

        Assert.Contains("\"o\":\"me/user\"", await http.DoAsync(HttpMethod.Get, $"crud/{device}/s/data?downlink=true&i1=0&transform=$*2"), StringComparison.Ordinal);
        http.DefaultRequestHeaders.Add("Accept", type);
        string query = $$"""[{"stream": "{{device}}/s", "transform": "$ * 10"}, {"stream": "{{device}}/s/downlink", "transform": "$ * 10"}]""";
        Assert.Equal(expected.Replace("D/", $"{device}/", StringComparison.Ordinal), await http.DoAsync(HttpMethod.Post, "query/merge?streams=true", query));
    }

    [Fact]
    [Trait("Fault", "22")]
    public async Task Without_the_streams_parameter_a_merge_has_the_format_that_old_clients_expect()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 1, "d": 1}]""");
        Assert.Equal("""[{"t":1,"d":1}]""", await http.DoAsync(HttpMethod.Post, "query/merge", $$"""[{"stream": "{{stream["crud/".Length..]}}"}]"""));
    }

    [Fact]
    [Trait("Fault", "23")]
    public async Task Limits_apply_to_index_ranges_numbers_are_decimal_and_unread_results_are_not_computed()
    {
        string user = fixture.NewName("u");
        using HttpClient other = _server.Http(await fixture.AddUserAsync(user));
        await other.DoAsync(HttpMethod.Post, $"crud/{user}/d", "{}");
        await other.DoAsync(HttpMethod.Post, $"crud/{user}/d/s", "{}");
        await other.RefusedAsync(HttpMethod.Post, $"crud/{user}/d/s/data?downlink=true", "[]", HttpStatusCode.Forbidden);

        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", $"[{string.Join(',', Enumerable.Range(1, 12).Select(i => $$"""{"t": {{i}}, "d": {{i}}}"""))}]");
        Assert.Equal("""[{"t":11,"d":11}]""", await http.DoAsync(HttpMethod.Get, $"{stream}/data?i1=010&i2=12&limit=1"));
        Assert.Equal("[]", await http.DoAsync(HttpMethod.Get, $"{stream}/data?i1=0&i2=-12"));
        await http.GetAsync($"{stream}/data?i1=0x10", HttpStatusCode.BadRequest);
    }

    [Fact]
    [Trait("Fault", "24")]
    public async Task A_restamped_datapoint_gets_exactly_the_time_of_the_newest()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 5, "d": 1}]""");
        await http.DoAsync(HttpMethod.Put, $"{stream}/data", """[{"t": 3, "d": 2}]""");
        Assert.Equal("""[{"t":5,"d":1},{"t":5,"d":2}]""", await http.DoAsync(HttpMethod.Get, $"{stream}/data?i1=0"));
    }

    [Fact]
    [Trait("Fault", "25")]
    public async Task Messages_name_the_error()
    {
        using HttpClient http = _server.Http();
        string user = fixture.NewName("u");
        Assert.Contains("stream name", await http.RefusedAsync(HttpMethod.Post, "crud/me/user/1st", "{}", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("password", await http.RefusedAsync(HttpMethod.Post, $"crud/{user}", """{"email": "x@localhost"}""", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("Email", await http.RefusedAsync(HttpMethod.Post, $"crud/{user}", """{"password": "x"}""", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        string device = $$"""{"apikey": "{{_server.OwnerKey}}"}""";
        Assert.Contains("API key", await http.RefusedAsync(HttpMethod.Post, $"crud/me/{fixture.NewName("d")}", device, HttpStatusCode.Conflict), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Fault", "26")]
    public async Task Creating_and_updating_validate_the_same_rules()
    {
        string user = fixture.NewName("u");
        using HttpClient http = _server.Http(await fixture.AddUserAsync(user));
        await http.RefusedAsync(HttpMethod.Post, $"crud/{user}/d", """{"role": "emperor"}""", HttpStatusCode.BadRequest);
        await http.DoAsync(HttpMethod.Post, $"crud/{user}/d", "{}");
        await http.RefusedAsync(HttpMethod.Put, $"crud/{user}/d", """{"public": true}""", HttpStatusCode.BadRequest);
        await http.RefusedAsync(HttpMethod.Post, $"crud/{user}/e", """{"user_editable": false}""", HttpStatusCode.Forbidden);
        await http.DoAsync(HttpMethod.Post, $"crud/{user}/user/s", "{}");
        await http.RefusedAsync(HttpMethod.Put, $"crud/{user}/user/s", $$"""{"icon": "material:{{new string('x', 40)}}"}""", HttpStatusCode.BadRequest);
    }

    [Fact]
    [Trait("Fault", "27")]
    public async Task The_log_names_the_acting_device_even_if_its_name_is_a_prefix_of_another()
    {
        await fixture.AddUserAsync("test");
        await fixture.AddUserAsync("test2");
        using HttpClient owner = _server.Http();
        await owner.DoAsync(HttpMethod.Put, "crud/test", """{"role": "admin"}""");
        using HttpClient admin = _server.Http(_server.KeyOf("test/user"));
        await admin.DoAsync(HttpMethod.Post, "crud/test2/d", "{}");
        foreach (string log in new[] { "crud/test/meta/log", "crud/test2/meta/log" })
        {
            JsonElement last = JsonDocument.Parse(await owner.DoAsync(HttpMethod.Get, $"{log}/data?q=last")).RootElement[0];
            Assert.Equal("""{"cmd":"CreateDevice","arg":"test2/d"}""", last.GetProperty("d").GetRawText());
            Assert.Equal("test/user", last.GetProperty("o").GetString());
        }
    }

    [Fact]
    [Trait("Fault", "28")]
    public async Task Deleted_data_does_not_reappear_when_the_node_is_created_again()
    {
        string device = $"crud/me/{fixture.NewName("d")}";
        using HttpClient http = _server.Http();
        foreach (int _ in new[] { 1, 2 })
        {
            await http.DoAsync(HttpMethod.Post, device, """{"streams": {"s": {}}}""");
            Assert.Equal("0", await http.DoAsync(HttpMethod.Get, $"{device}/s/data?q=length"));
            using HttpClient own = _server.Http(_server.KeyOf(device["crud/".Length..]));
            await own.DoAsync(HttpMethod.Post, $"{device}/s/data", """[{"d": 1}]""");
            await http.DoAsync(HttpMethod.Delete, device);
        }
    }

    [Fact]
    [Trait("Fault", "29")]
    public async Task Lists_are_ordered_by_name_and_can_be_paged()
    {
        string user = fixture.NewName("paged");
        using HttpClient http = _server.Http(await fixture.AddUserAsync(user));
        await http.DoAsync(HttpMethod.Post, $"crud/{user}/d", """{"streams": {"b": {}, "c": {}, "a": {}}}""");
        await http.DoAsync(HttpMethod.Post, $"crud/{user}/e", """{"streams": {"a": {}}}""");
        await http.DoAsync(HttpMethod.Put, $"crud/{user}/d/a", """{"nickname": "changed"}""");

        Assert.Equal(["a", "b", "c"], await ListAsync($"{user}/d?q=ls"));
        Assert.Equal(["a", "b"], await ListAsync($"{user}/d?q=ls&limit=2"));
        Assert.Equal(["c"], await ListAsync($"{user}/d?q=ls&limit=2&after=b"));
        Assert.Equal(["c"], await ListAsync($"{user}/d?q=ls&after=bb"));
        Assert.Equal(["e", "meta"], await ListAsync($"{user}?q=ls&limit=2&after=d"));
        Assert.Equal(["c", "a"], await ListAsync($"{user}?q=streams&visible=true&after=d/b"));
        await http.RefusedAsync(HttpMethod.Get, $"crud/{user}?q=ls&limit=none", null, HttpStatusCode.BadRequest);
        using HttpClient admin = _server.Http();
        Assert.Equal($"[{await admin.DoAsync(HttpMethod.Get, $"crud/{user}")}]", await admin.DoAsync(HttpMethod.Get, $"crud?q=ls&limit=1&after=paged"));

        async Task<IEnumerable<string?>> ListAsync(string address)
            => JsonDocument.Parse(await http.DoAsync(HttpMethod.Get, $"crud/{address}")).RootElement.EnumerateArray().Select(item => item.GetProperty("name").GetString());
    }

    [Fact]
    [Trait("Fault", "30")]
    public async Task Each_status_has_one_meaning()
    {
        string stream = await fixture.AddStreamAsync("""{"schema": "{\"type\": \"number\"}"}""");
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 5, "d": 1}]""");
        await RefusedAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 6, "d": 1}, {"t": 7, "d": "x"}]""", HttpStatusCode.BadRequest, "schema_violation");
        await RefusedAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 1, "d": 1}]""", HttpStatusCode.Conflict, "time_order");
        await RefusedAsync(HttpMethod.Post, stream, "{}", HttpStatusCode.Conflict, "name_taken");
        await RefusedAsync(HttpMethod.Get, "crud/me/user/none", null, HttpStatusCode.NotFound, "not_found");
        await RefusedAsync(HttpMethod.Delete, "crud/me/user/none", null, HttpStatusCode.NotFound, "not_found");
        await RefusedAsync(HttpMethod.Delete, "crud/me/user", null, HttpStatusCode.Forbidden, "permission_denied");
        await RefusedAsync(HttpMethod.Get, $"{stream}/data?i1=0&transform=if+(", null, HttpStatusCode.BadRequest, "script_syntax");

        async Task RefusedAsync(HttpMethod method, string path, string? body, HttpStatusCode status, string kind)
        {
            (HttpStatusCode found, string text) = await http.SendAsync(method, path, body);
            Assert.Equal(status, found);
            Assert.Equal(kind, JsonDocument.Parse(text).RootElement.GetProperty("kind").GetString());
        }
    }

    [Fact]
    [Trait("Fault", "31")]
    public async Task The_name_nobody_cannot_log_in_and_unknown_commands_are_rejected()
    {
        using HttpClient nobody = _server.Http(null);
        await nobody.GetAsync("login", HttpStatusCode.Unauthorized);
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        await http.GetAsync($"{stream}/data?q=everything", HttpStatusCode.BadRequest);
        await http.GetAsync($"{stream}?q=everything", HttpStatusCode.BadRequest);
    }
}

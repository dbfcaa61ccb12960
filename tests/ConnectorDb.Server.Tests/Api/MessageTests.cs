using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Api;

/// <summary>Error messages begin with those of ConnectorDB 0.3, which its clients may look for, and name no types of .NET.</summary>
public sealed class MessageTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Column = """{"c": {"stream": "S", "interpolator": "closest"}}""";

    private readonly RunningServer _server = fixture.Server;

    [Theory]
    [InlineData("GET", "crud/nobodyhere", null, "Can't access this resource.")]
    [InlineData("POST", "crud/a b", "{}", "The given name did not pass sanitation.")]
    [InlineData("POST", "crud/1a", """{"email": "a@x", "password": "p"}""", "Invalid Username, usernames may not contain / \\ ? or spaces")]
    [InlineData("POST", "crud/me/1a", "{}", "The provided name is not valid, it may not contain /, \\, space, ? or be blank")]
    [InlineData("POST", "crud/admin", """{"email": "a@x", "password": "p"}""", "Username 'admin' not allowed")]
    [InlineData("POST", "crud/mallory", """{"email": "no address", "password": "p"}""", "Invalid Email Address")]
    [InlineData("POST", "crud/mallory", """{"email": "a@x", "password": "p", "role": "boss"}""", "The given role 'boss' does not exist")]
    [InlineData("POST", "crud/me/gadget", """{"role": "boss"}""", "Could not find device role 'boss'")]
    [InlineData("POST", "crud/me/user", "{}", "Device with this name already exists")]
    [InlineData("POST", "S", "{}", "Stream with this name already exists")]
    [InlineData("POST", "crud/me/user/other", """{"schema": "{\"type\": 5}"}""", "The provided schema is not a valid JSONSchema")]
    [InlineData("DELETE", "crud/me/user", null, "user device cannot be deleted")]
    [InlineData("PUT", "S", """{"name": "other"}""", "ConnectorDB does not support modification of stream names")]
    [InlineData("PUT", "S", """{"colour": "red"}""", "Unrecognized field 'colour'")]
    [InlineData("PUT", "S", """{"nickname": 5}""", "Value of field 'nickname' must be a string")]
    [InlineData("PUT", "S", """{"nickname": null}""", "Value of field 'nickname' must not be null. Leave the field out to keep its value")]
    [InlineData("PUT", "crud/me/user", """{"apikey": null}""", "Value of field 'apikey' must not be null.")]
    [InlineData("PUT", "crud/me", """{"password": null}""", "Value of field 'password' must not be null.")]
    [InlineData("POST", "login?remember=zz", null, "The parameter 'remember' is 'true' or 'false'; 'zz' is neither.")]
    [InlineData("GET", "S/data?i1=0&downlink=yes", null, "The parameter 'downlink' is 'true' or 'false'; 'yes' is neither.")]
    [InlineData("DELETE", "S?downlink=true&downlink=true", null, "The parameter 'downlink' is 'true' or 'false'; 'true,true' is neither.")]
    [InlineData("POST", "query/merge?streams=2", """[{"stream": "S"}]""", "The parameter 'streams' is 'true' or 'false'; '2' is neither.")]
    [InlineData("GET", "crud/me?q=streams&public=on", null, "The parameter 'public' is 'true' or 'false'; 'on' is neither.")]
    [InlineData("POST", "S/data", """[{"t": 2, "d": 1}, {"t": 1, "d": 1}]""", "Timestamps are not ordered!")]
    [InlineData("POST", "S/data", """[{"t": 0.5, "d": 1}]""", "Greater timestamp already exists for the stream. Insert Failed.")]
    [InlineData("POST", "S/data", """[{"t": 9, "d": "text"}]""", "At least one datapoint did not conform to the stream's schema")]
    [InlineData("POST", "S/data?downlink=true", """[{"t": 9, "d": 1}]""", "Write access to stream downlink denied.")]
    [InlineData("POST", "OTHER/data", """[{"t": 9, "d": 1}]""", "Write access to stream data denied.")]
    [InlineData("GET", "S/data", null, "A range needs [both \"i1\" and \"i2\" int] or [\"t1\" and [\"t2\" decimal and/or \"limit\" int]]. Give i1=0 for all datapoints")]
    [InlineData("POST", "S/data", "abc", "Datapoint 1 cannot be read, because it is not JSON. The error is in line 1. A text needs quotation marks, such as \"on\".")]
    [InlineData("GET", "S/data?i1=x", null, "Could not parse i1 parameter")]
    [InlineData("GET", "S/data?q=time2index", null, "time2index requires an argument of \"t\" which is a decimal timestamp")]
    [InlineData("GET", "S?q=what", null, "Unrecognized query command.")]
    [InlineData("GET", "", null, "Unrecognized query command. This address needs a command. Send q=this or q=countusers")]
    [InlineData("GET", "crud", null, "Unrecognized query command. This address needs a command. Send q=ls or q=find.")]
    [InlineData("GET", "S/data?q=chrt", null, "Unrecognized query command. This address does not support q='chrt'. Send q=length")]
    [InlineData("POST", "query/chart", """[{"stream": "S", "colums": 5}]""", "Unrecognized field 'colums'. The fields of the query of a chart are: columns, every")]
    [InlineData("GET", "S/data?i1=0&transform=nosuch", null, "Script 'nosuch': Transform nosuch not found")]
    [InlineData("GET", "S/data?i1=0&transform=if(", null, "Script 'if(': syntax error")]
    [InlineData("GET", "what/ever/is/here", null, "This path is not recognized")]
    [InlineData("POST", "query/merge", """[{"stream": "a/b"}]""", "")]
    [InlineData("POST", "query/merge", """[{"stream": "S", "i1": 1, "t1": 1}]""", "Only one query method (index or time) can be used at a time")]
    [InlineData("POST", "query/dataset", """{"t1": 1, "t2": 9, "dt": 1}""", "The dataset query must have a dataset!")]
    [InlineData("POST", "query/dataset", """{"t1": 1, "t2": 9, "dt": 1, "dataset": {}}""", "The dataset query must have a dataset!")]
    [InlineData("POST", "query/dataset", """{"t1": 1, "t2": 9, "dt": 1, "dataset": {"c": {"interpolator": "sum"}}}""", "No stream(s) were selected for dataset element")]
    [InlineData("POST", "query/dataset", """{"t1": 1, "t2": 9, "dt": 1, "dataset": {"c": {"stream": "S", "merge": [], "interpolator": "sum"}}}""", "Dataset element cannot have both a merge and a stream")]
    [InlineData("POST", "query/dataset", """{"t1": 1, "t2": 9, "dt": 1, "dataset": {"c": {"merge": [{"stream": "S"}], "transform": "$", "interpolator": "sum"}}}""", "Set transforms within each merge element instead of overall for dataset element")]
    [InlineData("POST", "query/dataset", $$"""{"stream": "S", "merge": [], "dataset": {{Column}}}""", "Dataset can't be based both on a stream and on a merge!")]
    [InlineData("POST", "query/dataset", $$"""{"stream": "S", "dt": 1, "dataset": {{Column}}}""", "Dataset must be either time or stream based. Not both.")]
    [InlineData("POST", "query/dataset", """{"stream": "S", "dataset": {"x": {"stream": "S", "interpolator": "closest"}}}""", "Dataset already contains field of name 'x'")]
    [InlineData("POST", "query/dataset", $$"""{"t1": 9, "t2": 1, "dt": 1, "dataset": {{Column}}}""", "Tdataset range invalid")]
    [InlineData("POST", "query/dataset", $$"""{"t1": 1, "t2": 9, "dt": 1, "i1": 1, "dataset": {{Column}}}""", "Tdataset range invalid")]
    [InlineData("POST", "query/dataset", $$"""{"t1": 1, "t2": 9, "dt": 0.0001, "dataset": {{Column}}}""", "To avoid abuse, Tdataset is limited to a max of 10000000 datapoints with min dt 0.001000")]
    [InlineData("POST", "query/dataset", $$"""{"t1": 1, "t2": 9, "dt": 0, "dataset": {{Column}}}""", "The dataset has no step, which is the number of seconds between its rows. Give \"dt\"")]
    [InlineData("POST", "query/dataset", $$"""{"t1": 1, "t2": 9, "dt": -1, "dataset": {{Column}}}""", "To avoid abuse, Tdataset is limited to a max of 10000000 datapoints with min dt 0.001000. The rows of a dataset lie -1 seconds apart; it must be more than 0. Give \"dt\"")]
    [InlineData("POST", "query/dataset", $$"""{"t1": 1, "t2": 9, "dt": 1e-6, "dataset": {{Column}}}""", "To avoid abuse, Tdataset is limited to a max of 10000000 datapoints with min dt 0.001000. The rows of a dataset lie 0.000001 seconds apart. Steps below a millisecond are only made with \"force\": true")]
    [InlineData("POST", "query/dataset", """{"t1": 1, "t2": 9, "dt": 1, "dataset": {"c": {"stream": "S", "interpolator": ""}}}""", "Script '': syntax error")]
    [InlineData("POST", "query/dataset", "{", "")]
    [InlineData("POST", "query/merge", "[1", "")]
    [InlineData("POST", "S/data", "[{\"t\": 1, \"d\": }]", "")]
    [InlineData("POST", "crud/me/user/other", """{"schema": "{"}""", "The provided schema is not a valid JSONSchema")]
    public async Task A_message_begins_with_that_of_ConnectorDB_03(string method, string path, string? body, string expected)
    {
        string stream = await fixture.AddStreamAsync("""{"schema": "{\"type\": \"number\"}"}""");
        string device = $"crud/me/{fixture.NewName("d")}";
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, device, """{"streams": {"s": {}}}""");
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 1, "d": 1}]""");
        string address = path.StartsWith('S') ? stream + path[1..] : path.Replace("OTHER", $"{device}/s", StringComparison.Ordinal);

        (HttpStatusCode status, string text) = await http.SendAsync(new HttpMethod(method), address, body?.Replace("\"S\"", $"\"{stream["crud/".Length..]}\"", StringComparison.Ordinal));

        Assert.InRange((int)status, 400, 499);
        string message = JsonDocument.Parse(text).RootElement.GetProperty("msg").GetString()!;
        Assert.StartsWith(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", message, StringComparison.Ordinal);
        Assert.False(RestWording.NamesCmdlets(text), text);
    }

    [Fact]
    public async Task A_long_name_is_cut_once()
    {
        using HttpClient http = _server.Http();
        (_, string text) = await http.SendAsync(HttpMethod.Post, $"crud/me/user/{new string('n', 3000)}", "{}");
        Match left = Regex.Match(JsonDocument.Parse(text).RootElement.GetProperty("msg").GetString()!, @"n … \((\d+) more characters\) … n");
        Assert.InRange(int.Parse(left.Groups[1].Value, CultureInfo.InvariantCulture), 2800, 2999);
    }

    [Fact]
    public async Task A_schema_or_body_that_is_nested_too_deep_is_named_as_such()
    {
        string deep = new string('[', 600) + new string(']', 600);
        using HttpClient http = _server.Http();
        foreach ((string path, string body) in ((string, string)[])
            [($"crud/me/user/{fixture.NewName("s")}", $$$"""{"schema": "{\"enum\": {{{deep}}} }"}"""), ($"{await fixture.AddStreamAsync()}/data", $$"""[{"d": {{deep}} }]"""), ("query/merge", deep)])
        {
            string message = await http.RefusedAsync(HttpMethod.Post, path, body, HttpStatusCode.BadRequest);
            Assert.Contains("512 levels", message, StringComparison.Ordinal);
            Assert.DoesNotContain("is not JSON", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("if $ > 5 and ")]
    [InlineData("nosuchtransform")]
    [InlineData("$ + '")]
    public async Task A_script_of_megabytes_is_not_sent_back(string part)
    {
        string merge = JsonSerializer.Serialize(new[] { new { stream = (await fixture.AddStreamAsync())["crud/".Length..], transform = string.Concat(Enumerable.Repeat(part, 95_000 / part.Length)) } });
        using HttpClient http = _server.Http();
        (HttpStatusCode status, string text) = await http.SendAsync(HttpMethod.Post, "query/merge", merge);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.InRange(text.Length, 1, 3000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=what")]
    [InlineData("crud/me/user/s/data")]
    [InlineData("crud/me/user/s/data?i1=x")]
    [InlineData("crud/me/user/s/data?q=time2index")]
    [InlineData("crud/me/user/s/data?q=chart&columns=x")]
    [InlineData("crud/me/user/s/data?i1=0&transform=if(")]
    [InlineData("crud/1 a")]
    [InlineData("crud/me?q=what")]
    public async Task A_caller_without_login_learns_that_it_needs_one_before_what_is_wrong(string path)
    {
        using HttpClient nobody = _server.Http(null);
        Assert.Contains("needs a login", await nobody.GetAsync(path, HttpStatusCode.Unauthorized), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_of_rows_without_end_is_written_short()
    {
        string stream = (await fixture.AddStreamAsync())["crud/".Length..];
        using HttpClient http = _server.Http();
        string query = $$$"""{"t1": 0, "t2": 1e9, "dt": 1e-300, "dataset": {"c": {"stream": "{{{stream}}}", "interpolator": "closest"} } }""";
        Assert.InRange((await http.RefusedAsync(HttpMethod.Post, "query/dataset", query, HttpStatusCode.BadRequest)).Length, 1, 400);
    }

    [Theory]
    [InlineData("sum", """{"b": [1, null], "a": 1e6}""", "Could not convert 'map[a:1e+06 b:[1 <nil>]]' to Float.")]
    [InlineData("sum | if last", "\"x\"", "Could not convert 'x' to Float.")]
    [InlineData("-$", "\"x\"", "Could not convert 'x' to Float.")]
    [InlineData("bucket", "[]", "Could not convert '[]' to Float.")]
    [InlineData("alltrue", "\"foo\"", "Could not convert 'foo' to Bool.")]
    [InlineData("$ and true", "{}", "Could not convert 'map[]' to Bool.")]
    [InlineData("append", "[true]", "Could not convert '[true]' to String.")]
    [InlineData("if $", "\"x\"", "Argument given to if can't be converted to boolean.")]
    [InlineData("$ * 2", "\"x\"", "Failed to perform algebraic operation: couldn't convert to float.")]
    [InlineData("$ + 1", "\"x\"", "Failed to perform algebraic operation: couldn't convert to float.")]
    [InlineData("$ > 2", "\"x\"", "Values given to comparison not numerical!")]
    [InlineData("$('a')", "5", "Could not find 'a' in '5'.")]
    [InlineData("$[3]", "[1, 2]", "Could not find '3' in '[1 2]'.")]
    [InlineData("distance(1,2)", "5", "Could not find 'latitude' in '5'.")]
    [InlineData("distance(1,2)", """{"latitude": 1}""", "Could not find 'longitude' in 'map[latitude:1]'.")]
    [InlineData("distance(1,2)", """{"latitude": "x", "longitude": 1}""", "Could not convert latitude to float.")]
    [InlineData("percent", "5", "Must have object-valued datapoint.")]
    [InlineData("percent", """{"a": "x"}""", "Could not convert object value to float.")]
    [InlineData("filter($ > 0)", "5", "Must have object-valued datapoint.")]
    [InlineData("top(1)", """{"a": [1]}""", "Could not convert '[1]' to Float.")]
    [InlineData("reduce(sum)", "5", "Datapoint's data can't be reduced.")]
    [InlineData("reduce(sum)", """{"a": "x"}""", "Could not convert 'x' to Float.")]
    [InlineData("set('k', 1)", "5", "Can't read object keys.")]
    [InlineData("del('k')", "5", "Can't read object keys.")]
    [InlineData("1 / $", "0", "json: unsupported value: +Inf.")]
    [InlineData("-1 / $", "0", "json: unsupported value: -Inf.")]
    [InlineData("$ / $", "0", "json: unsupported value: NaN.")]
    public async Task A_message_of_a_running_script_begins_with_that_of_ConnectorDB_03(string transform, string value, string expected)
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", $$"""[{"t": 1, "d": {{value}}}]""");

        (HttpStatusCode status, string text) = await http.SendAsync(HttpMethod.Get, $"{stream}/data?i1=0&transform={Uri.EscapeDataString(transform)}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        JsonElement error = JsonDocument.Parse(text).RootElement;
        Assert.StartsWith(expected.TrimEnd('.'), error.GetProperty("msg").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(error.GetProperty("detail").GetString()!, error.GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_of_an_interpolator_begins_with_that_of_ConnectorDB_03()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 1, "d": "oops"}]""");

        string query = """{"t1": 1, "t2": 5, "dt": 1, "dataset": {"y": {"stream": "S", "interpolator": "sum"}}}""";
        (_, string text) = await http.SendAsync(HttpMethod.Post, "query/dataset", query.Replace("\"S\"", $"\"{stream["crud/".Length..]}\"", StringComparison.Ordinal));

        Assert.StartsWith("Could not convert 'oops' to Float", JsonDocument.Parse(text).RootElement.GetProperty("msg").GetString(), StringComparison.Ordinal);
    }
}

using System.Net;
using System.Text.Json;
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
    [InlineData("POST", "S/data", """[{"t": 2, "d": 1}, {"t": 1, "d": 1}]""", "Timestamps are not ordered!")]
    [InlineData("POST", "S/data", """[{"t": 0.5, "d": 1}]""", "Greater timestamp already exists for the stream. Insert Failed.")]
    [InlineData("POST", "S/data", """[{"t": 9, "d": "text"}]""", "At least one datapoint did not conform to the stream's schema")]
    [InlineData("POST", "S/data?downlink=true", """[{"t": 9, "d": 1}]""", "Write access to stream downlink denied.")]
    [InlineData("POST", "OTHER/data", """[{"t": 9, "d": 1}]""", "Write access to stream data denied.")]
    [InlineData("GET", "S/data", null, "A range needs [both \"i1\" and \"i2\" int]")]
    [InlineData("GET", "S/data?i1=x", null, "Could not parse i1 parameter")]
    [InlineData("GET", "S/data?q=time2index", null, "time2index requires an argument of \"t\" which is a decimal timestamp")]
    [InlineData("GET", "S?q=what", null, "Unrecognized query command.")]
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
    }
}

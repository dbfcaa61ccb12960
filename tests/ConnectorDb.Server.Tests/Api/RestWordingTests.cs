using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Api;

/// <summary>Errors speak of requests and fields to callers of the API, and of cmdlets to our own client.</summary>
public sealed partial class RestWordingTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>The folders with messages that can leave the server.</summary>
    private static readonly string[] s_folders =
    [
        "src/ConnectorDb.Core/Appending", "src/ConnectorDb.Core/Engine", "src/ConnectorDb.Core/Files", "src/ConnectorDb.Core/PipeScript", "src/ConnectorDb.Core/Protocol", "src/ConnectorDb.Core/Queries",
        "src/ConnectorDb.Core/Schemas", "src/ConnectorDb.Core/Storage/Sequences", "src/ConnectorDb.Core/Storage/Segments", "src/ConnectorDb.Core/Storage/Sqlite", "src/ConnectorDb.Server/Api",
        "src/ConnectorDb.Server/Security", "src/ConnectorDb.Server/WebSockets", "src/ConnectorDb/Data", "src/ConnectorDb/Fields",
    ];

    [Fact]
    public void No_message_that_leaves_the_server_names_a_cmdlet_or_a_parameter()
    {
        string[] messages =
        [
            .. from folder in s_folders
               from file in Sources.Files(folder, "*.cs")
               where !file.EndsWith("/RestWording.cs", StringComparison.Ordinal)
               from line in Sources.Lines(file)
               where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && !line.Contains("LoggerMessage", StringComparison.Ordinal)
               from Match literal in Literal().Matches(line)
               from kind in literal.Value.Contains("Cdb{path.Kind}", StringComparison.Ordinal) ? new[] { "User", "Device", "Stream" } : [""]
               let text = Hole().Replace(literal.Groups["text"].Value.Replace("{path.Kind}", kind, StringComparison.Ordinal), "x")
               where RestWording.NamesCmdlets(text)
               select text,
        ];
        Assert.NotEmpty(messages);
        Assert.All(messages, message => Assert.False(RestWording.NamesCmdlets(RestWording.Of(message)), RestWording.Of(message)));
    }

    [Theory]
    [InlineData("Can't access this resource. The password of 'me' needs the old one: -OldPassword.", "Can't access this resource. The password of 'me' needs the old one: the field 'old_password'.")]
    [InlineData("'a/b' may not read 'c/d/e'. Connect as a device that may: its own.", "'a/b' may not read 'c/d/e'. Use the API key of a device that may: its own.")]
    [InlineData("Give one such as {}, or with a cmdlet the name of a type, such as number.", "Give one such as {}.")]
    public void A_message_is_put_in_the_words_of_the_API(string message, string api) => Assert.Equal(api, RestWording.Of(message));

    [Fact]
    public async Task A_caller_of_the_API_gets_advice_about_requests_and_our_client_about_cmdlets()
    {
        using HttpClient http = fixture.Server.Http();
        string stream = await fixture.AddStreamAsync();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 5, "d": 1}]""");

        string[] advice = [await http.GetAsync("crud/me/user/nowhere", HttpStatusCode.NotFound), await http.RefusedAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 4, "d": 1}]""", HttpStatusCode.Conflict)];
        Assert.Contains("GET /api/v1/crud/USER/DEVICE?q=ls", advice[0], StringComparison.Ordinal);
        Assert.Contains("Use PUT instead of POST", advice[1], StringComparison.Ordinal);

        using WebSocketTester socket = await WebSocketTester.OpenAsync(fixture.Server);
        JsonElement refused = await socket.RefusedAsync("""{"cmd": "subscribe", "arg": "me/user/nowhere"}""");
        Assert.False(RestWording.NamesCmdlets(refused.ToString()), refused.ToString());

        http.DefaultRequestHeaders.Add(ProtocolHeaders.Client, "1.0.0");
        Assert.Contains("Get-CdbStream", await http.GetAsync("crud/me/user/nowhere", HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_body_is_named_as_such_and_a_dataset_has_its_fields()
    {
        using HttpClient http = fixture.Server.Http();
        string stream = await fixture.AddStreamAsync();
        foreach (string body in new[] { "", " \n" })
        {
            Assert.Contains("The body is empty.", await http.RefusedAsync(HttpMethod.Post, "query/dataset", body, HttpStatusCode.BadRequest), StringComparison.Ordinal);
            Assert.Contains("the body is empty", await http.RefusedAsync(HttpMethod.Post, "datapoints", body, HttpStatusCode.BadRequest), StringComparison.Ordinal);
            Assert.Contains("is empty", await http.RefusedAsync(HttpMethod.Post, $"{stream}/data", body, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        }

        string dataset = $$"""{"t1": 1, "t2": 5, "dt": 0, "dataset": {"a": {"stream": "{{stream[5..]}}", "interpolator": "closest"} } }""";
        string refused = await http.RefusedAsync(HttpMethod.Post, "query/dataset", dataset, HttpStatusCode.BadRequest);
        Assert.Contains("Give \"dt\" with a number above 0, or \"stream\" with the stream of their times.", refused, StringComparison.Ordinal);
        Assert.False(RestWording.NamesCmdlets(refused), refused);
    }

    [Theory]
    [InlineData("There is no transform 'Get-CdbStream'.", "There is no transform 'Get-CdbStream'.")]
    [InlineData("The number is -Infinity. Change it.", "The number is -Infinity. Change it.")]
    [InlineData("It is damaged. Use Restore-CdbStore to restore it.", "It is damaged.")]
    public void Quoted_names_stay_and_advice_without_a_counterpart_goes(string message, string expected) => Assert.Equal(expected, RestWording.Of(message));

    [GeneratedRegex("\"(?<text>(?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();
}

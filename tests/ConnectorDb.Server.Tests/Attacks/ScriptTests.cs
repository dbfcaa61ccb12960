using System.Net;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Scripts that are as long as possible, many at once.</summary>
public sealed class ScriptTests
{
    private const int Longest = 100_000;

    /// <summary>Measured: up to 120 MB; with bodies of nine megabytes 300 MB, most of it their texts.</summary>
    [Theory]
    [InlineData("$+", Longest, 1, HttpStatusCode.OK, 250)]
    [InlineData("if $|", Longest, 1, HttpStatusCode.OK, 250)]
    [InlineData("$+", Longest, 90, HttpStatusCode.UnprocessableEntity, 640)]
    [InlineData("$+", 1_800_000, 5, HttpStatusCode.BadRequest, 640)]
    public async Task Long_scripts_at_once_take_little_memory(string part, int length, int scripts, HttpStatusCode expected, int megabytes)
    {
        using TempFolder folder = new();
        using ServerProcess server = await ServerProcess.StartAsync(folder);
        HttpClient http = server.Http;
        http.BaseAddress = new Uri(http.BaseAddress!, "/api/v1/");
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        await http.DoAsync(HttpMethod.Post, "query/merge", """[{"stream": "me/user/s", "transform": "$"}]""");
        long before = server.PeakMemory;
        string script = string.Concat(Enumerable.Repeat(part, (length - 1) / part.Length)) + "$";
        string body = $"[{string.Join(',', Enumerable.Repeat($$"""{"stream": "me/user/s", "transform": "{{script}}"}""", scripts))}]";
        (HttpStatusCode Status, string Text)[] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => http.SendAsync(HttpMethod.Post, "query/merge", body)));
        Assert.All(answers, answer => Assert.Contains(answer.Status, (HttpStatusCode[])[expected, HttpStatusCode.TooManyRequests]));
        Assert.Contains(answers, answer => answer.Status == expected);
        Assert.InRange(server.PeakMemory - before, 0, megabytes << 20);
    }
}

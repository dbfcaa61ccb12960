using System.Net;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Queries of little text that take much memory, alone and together.</summary>
public sealed class QueryMemoryTests
{
    private const int Read = 20_000_000;

    private static readonly string s_wide = $$"""{{{string.Join(',', Enumerable.Range(0, 9000).Select(i => $"\"a{i}\":$"))}}}""";

    public static TheoryData<string, string> OfWideObjects => new()
    {
        { "query/merge", Merge("me/user/s") },
        { "query/merge", Merge("me/user/s", "me/user/later") },
        { "query/dataset", Dataset(0.01) },
        { "query/dataset", Dataset(100) },
    };

    [Theory]
    [MemberData(nameof(OfWideObjects))]
    public async Task Objects_of_very_many_members_are_sent_as_they_are_made(string address, string body)
    {
        using TempFolder folder = new();
        using ServerProcess server = await ServerProcess.StartAsync(folder);
        server.Http.BaseAddress = new Uri(server.Http.BaseAddress!, "api/v1/");
        await EndlessQuery.FillAsync(server.Http, 20_000);
        await EndlessQuery.FillAsync(server.Http, 20_000, "me/user/later");
        long before = server.PeakMemory;

        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = new StringContent(body) };
        using HttpResponseMessage response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await using Stream text = await response.Content.ReadAsStreamAsync();
        byte[] part = new byte[1 << 16];
        for (int read = 0; read < Read;)
        {
            int count = await text.ReadAsync(part);
            Assert.NotEqual(0, count);
            read += count;
        }

        Assert.InRange(server.PeakMemory - before, 0, 160 << 20);
    }

    [Fact]
    public async Task All_queries_together_have_a_maximum_of_memory_of_which_small_ones_notice_nothing()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --queries-memory 104857600");
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http, 200);
        await http.DoAsync(HttpMethod.Post, "crud/ada", """{"password": "the password of ada", "email": "ada@example.org"}""");
        string large = Merge("me/user/s");
        using (server.Engine.Hold(server.Engine.LoginAs(CdbPath.Parse("ada/user"), CancellationToken.None), 100 << 20))
        {
            using HttpResponseMessage refused = await http.PostAsync(new Uri("query/merge", UriKind.Relative), new StringContent(large));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter?.Delta);
            Assert.Contains("104857600 bytes of memory, which is the maximum (--queries-memory)", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await http.DoAsync(HttpMethod.Get, EndlessQuery.Data("count | if last"));
        }

        await http.DoAsync(HttpMethod.Post, "query/merge", large);
    }

    [Theory]
    [InlineData("crud/pub?q=streams")]
    [InlineData("crud?q=find&label=room=*")]
    [InlineData("../../metrics/streams?label=room=*")]
    public async Task Long_lists_are_sent_as_they_are_read_and_few_at_a_time(string list)
    {
        using TempFolder folder = new();
        using ServerProcess server = await ServerProcess.StartAsync(folder, "--public-reading", "--public-memory", "16777216");
        server.Http.BaseAddress = new Uri(server.Http.BaseAddress!, "api/v1/");
        await server.Http.DoAsync(HttpMethod.Post, "crud/pub", """{"email": "pub@example.org", "password": "the password of pub", "public": true}""");
        object stream = new { description = new string('x', 1000), labels = new { room = "hall" } };
        foreach (string device in (string[])["a", "b"])
        {
            await server.Http.DoAsync(HttpMethod.Post, $"crud/pub/{device}", JsonSerializer.Serialize(new { @public = true, streams = Enumerable.Range(0, 4000).ToDictionary(i => $"s{i}", _ => stream) }));
        }

        using HttpClient nobody = new() { BaseAddress = server.Http.BaseAddress };
        long before = server.PeakMemory;
        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
        {
            using HttpResponseMessage answer = await nobody.GetAsync(new Uri(list, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            await answer.Content.CopyToAsync(Stream.Null);
            return answer.StatusCode;
        }));

        Assert.InRange(server.PeakMemory - before, 0, 300 << 20);
        Assert.Contains(HttpStatusCode.OK, answers);
        Assert.All(answers, answer => Assert.True(answer is HttpStatusCode.OK or HttpStatusCode.TooManyRequests));
    }

    private static string Merge(params string[] streams) => JsonSerializer.Serialize(streams.Select(stream => new { stream, transform = s_wide }));

    private static string Dataset(double dt)
        => JsonSerializer.Serialize(new { t1 = 0, t2 = 1_000_000, dt, force = true, dataset = new { x = new { stream = "me/user/s", transform = s_wide, interpolator = "before" } } });
}

using System.Net;
using System.Text.Json;
using ConnectorDb.Contracts;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>A caller without login reads all that the server gives, with and without public reading.</summary>
public sealed class PublicReadingTests
{
    private static readonly string[] s_private =
    [
        "crud/ann", "crud/ann/user", "crud/ann?q=ls", "crud/pub/user", "crud/pub/closed", "crud/pub/closed/x", "crud/pub/closed/x/data?i1=0", "crud/pub/closed/x/data?q=last",
        "feed/pub/closed/x", "crud/pub/meta/log/data?i1=0", "crud/pub/closed/x/data?q=chart&columns=9", "crud/pub/closed/x/data?q=summary", "crud/pub/closed/x/data?i1=0&transform=count",
    ];

    private static readonly string[] s_public
        = ["crud/pub", "crud/pub?q=ls", "crud/pub?q=streams", "crud/pub/open", "crud/pub/open?q=ls", "crud/pub/open/x", "crud/pub/open/x/data?i1=0", "crud/pub/open/x/data?q=length", "feed/pub/open/x", "crud/pub/open/x/data?q=chart&columns=9", "crud/pub/open/x/data?q=summary", "crud/pub/open/x/data?i1=0&transform=count"];

    private static readonly (string Path, string Body)[] s_queries =
    [
        ("query/merge", """[{"stream": "pub/open/x", "i1": 0}]"""), ("query/ends", """["pub/open/x"]"""), ("query/chart", """[{"stream": "pub/open/x", "columns": 1}]"""),
        ("query/dataset", """{"t1": 0, "t2": 10, "dt": 10, "dataset": {"x": {"stream": "pub/open/x", "interpolator": "closest"}}}"""),
    ];

    [Fact]
    public async Task With_public_reading_a_caller_without_login_reads_what_is_public_and_nothing_else()
    {
        await using RunningServer server = await StartAsync("--login-delay 0 --public-reading");
        using HttpClient nobody = server.Http(null);
        foreach (string path in s_public)
        {
            string text = await nobody.DoAsync(HttpMethod.Get, path);
            Assert.DoesNotContain("pub@example.org", text, StringComparison.Ordinal);
            Assert.DoesNotContain("apikey", text, StringComparison.Ordinal);
            Assert.DoesNotContain("closed", text, StringComparison.Ordinal);
        }

        foreach (string path in s_private)
        {
            await nobody.GetAsync(path, HttpStatusCode.NotFound);
        }

        await nobody.GetAsync("crud?q=find&name=x", HttpStatusCode.Unauthorized);
        Assert.Matches("^[^/]*pub/open/x[^/]*$", await nobody.DoAsync(HttpMethod.Get, "crud?q=find&label=room=*"));
        foreach (string path in (string[])["../../metrics", "../../health", "../../"])
        {
            (_, string text) = await nobody.SendAsync(HttpMethod.Get, path);
            Assert.DoesNotMatch("pub/closed|ann/user|pub@example.org", text);
        }

        Assert.Equal("nobody", await nobody.DoAsync(HttpMethod.Get, "?q=this"));
        await nobody.GetAsync("crud/?q=ls", HttpStatusCode.Forbidden);
        await nobody.GetAsync("?q=countusers", HttpStatusCode.Forbidden);
        foreach ((HttpMethod method, string path, string body) in new[]
        {
            (HttpMethod.Post, "crud/pub/open/x/data", """[{"d": 1}]"""), (HttpMethod.Put, "crud/pub/open", """{"nickname": "n"}"""), (HttpMethod.Post, "crud/pub/open/y", "{}"),
            (HttpMethod.Post, "datapoints", """[{"stream": "pub/open/x", "data": [{"d": 1}]}]"""),
        })
        {
            await nobody.RefusedAsync(method, path, body, HttpStatusCode.Unauthorized);
        }

        foreach ((string path, string body) in s_queries)
        {
            Assert.Contains("1", await nobody.DoAsync(HttpMethod.Post, path, body), StringComparison.Ordinal);
            (HttpStatusCode status, string text) = await nobody.SendAsync(HttpMethod.Post, path, body.Replace("open", "closed", StringComparison.Ordinal));
            Assert.True(status == HttpStatusCode.NotFound || text == "[null]", $"{path}: {status} {text}");
            await nobody.RefusedAsync(HttpMethod.Post, path, body + new string(' ', 66_000), HttpStatusCode.RequestEntityTooLarge);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await nobody.SendAsync(HttpMethod.Delete, "crud/pub/open")).Status);
        await Assert.ThrowsAsync<HttpRequestException>(() => WebSocketTester.OpenAsync(server, null));
        using HttpClient wrong = server.Http("no key of anyone");
        await wrong.GetAsync("crud/pub", HttpStatusCode.Unauthorized);
        Assert.Equal(1, JsonDocument.Parse(await nobody.DoAsync(HttpMethod.Get, "crud/pub/open/x/data?i1=0")).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Without_the_setting_a_caller_without_login_reads_nothing()
    {
        await using RunningServer server = await StartAsync("--login-delay 0");
        using HttpClient nobody = server.Http(null);
        foreach (string path in s_public.Concat(s_private))
        {
            await nobody.GetAsync(path, HttpStatusCode.NotFound);
        }

        await nobody.GetAsync("crud?q=find&label=room=*", HttpStatusCode.Unauthorized);
        foreach ((string path, string body) in s_queries)
        {
            await nobody.RefusedAsync(HttpMethod.Post, path, body, HttpStatusCode.Unauthorized);
        }
    }

    private static async Task<RunningServer> StartAsync(string settings)
    {
        RunningServer server = await RunningServer.StartAsync(settings);
        await using ICdbClient owner = server.As("me/user");
        Dictionary<string, StreamDefinition> streams = new() { ["x"] = new() { Labels = new LabelSet([new("room", "hall")]) } };
        await owner.CreateUserAsync(
            CdbPath.ForUser("pub"),
            new UserDefinition
            {
                Email = "pub@example.org",
                Devices = new Dictionary<string, DeviceDefinition> { ["open"] = new() { Public = true, Streams = streams }, ["closed"] = new() { Streams = streams } },
            },
            CancellationToken.None);
        await owner.CreateUserAsync(CdbPath.ForUser("ann"), new UserDefinition { Public = false }, CancellationToken.None);
        using HttpClient device = server.Http(server.KeyOf("pub/open"));
        await device.DoAsync(HttpMethod.Post, "crud/pub/open/x/data", """[{"d": 1}]""");
        return server;
    }
}

using System.Net;
using ConnectorDb.Server.Security;
using ConnectorDb.Server.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace ConnectorDb.Server.Tests.Polling;

/// <summary>Access to poll items without an API key, which a setting grants to programs on this machine only.</summary>
public sealed class LocalPollItemTests : IDisposable
{
    private const string Item = """{"name": "a", "key": "system.uptime", "interval": 60}""";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_script_written_for_rpdemo_works_without_a_key()
    {
        await using RunningServer server = await StartAsync("--local-items");
        using HttpClient http = server.Http(null);
        Assert.Equal("[]", await http.DoAsync(HttpMethod.Get, "/items/"));
        Assert.Equal(HttpStatusCode.Created, (await http.SendAsync(HttpMethod.Post, "/items", Item)).Status);
        Assert.Contains("system.uptime", await http.DoAsync(HttpMethod.Get, "/items/a"), StringComparison.Ordinal);
        Assert.Equal("""{"result":true}""", await http.DoAsync(HttpMethod.Delete, "/items/a"));
    }

    [Theory]
    [InlineData("Origin", "http://127.0.0.1")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Host", "house.example")]
    [InlineData("Host", "127.0.0.1.house.example")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Web_pages_and_proxied_requests_need_a_key(string header, string value)
    {
        await using RunningServer server = await StartAsync("--local-items --proxies=127.0.0.1");
        using HttpClient http = server.Http(null);
        http.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        foreach ((HttpMethod method, string path, string? body) in new[] { (HttpMethod.Get, "/items/", null), (HttpMethod.Post, "/items/", Item), (HttpMethod.Delete, "/items/a", null) })
        {
            (HttpStatusCode status, string text) = await http.SendAsync(method, path, body);
            Assert.Equal(HttpStatusCode.Unauthorized, status);
            Assert.Contains("programs on this machine", text, StringComparison.Ordinal);
        }

        using HttpClient owner = server.Http();
        owner.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        Assert.Equal("[]", await owner.DoAsync(HttpMethod.Get, "/items/"));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.168.1.5", false)]
    [InlineData("::ffff:192.168.1.5", false)]
    [InlineData(null, false)]
    public void Only_the_socket_address_decides_whether_a_request_is_local(string? address, bool isLocal)
    {
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        context.Request.Host = new HostString("localhost");
        Assert.Equal(isLocal, LocalRequest.Is(context));
    }

    [Fact]
    public async Task Without_the_setting_all_callers_need_a_key()
    {
        await using RunningServer server = await StartAsync("");
        using HttpClient http = server.Http(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.SendAsync(HttpMethod.Get, "/items/")).Status);
    }

    [Fact]
    public async Task Other_addresses_still_need_a_key_and_a_wrong_key_is_still_rejected()
    {
        await using RunningServer server = await StartAsync("--local-items");
        using HttpClient http = server.Http(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.SendAsync(HttpMethod.Get, "/items/?apikey=wrong")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await http.SendAsync(HttpMethod.Get, "crud/me")).Status);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("--item-samplers=exec.value", true)]
    public async Task Only_a_setting_lets_administrators_add_commands_and_anonymous_callers_never_may(string setting, bool isAllowed)
    {
        await using RunningServer server = await StartAsync($"--local-items {setting}");
        using HttpClient owner = server.Http(), nobody = server.Http(null);
        Assert.Equal(HttpStatusCode.Forbidden, (await nobody.SendAsync(HttpMethod.Post, "/items/", Command("a", "exec.value"))).Status);
        Assert.Equal(isAllowed ? HttpStatusCode.Created : HttpStatusCode.Forbidden, (await owner.SendAsync(HttpMethod.Post, "/items/", Command("b", "exec.value"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.SendAsync(HttpMethod.Post, "/items/", Command("c", "file.value"))).Status);
    }

    [Fact]
    public async Task An_unrestricted_sampler_in_the_setting_stops_the_start()
    {
        InvalidValueException error = await Assert.ThrowsAsync<InvalidValueException>(() => StartAsync("--item-samplers=net.ping"));
        Assert.Contains("'net.ping' in --item-samplers", error.Message, StringComparison.Ordinal);
    }

    private static string Command(string name, string key) => $$"""{"name": "{{name}}", "key": "{{key}}", "arg": "echo 1", "interval": 60}""";

    private async Task<RunningServer> StartAsync(string settings)
    {
        await File.WriteAllTextAsync(_folder["poll.json"], """{"destination": {"logger": "cache.db"}, "items": []}""");
        return await RunningServer.StartAsync($"--login-delay 0 --poll {_folder["poll.json"]} {settings}");
    }
}

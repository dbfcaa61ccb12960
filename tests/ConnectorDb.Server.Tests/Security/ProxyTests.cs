using System.Net;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Security;

public sealed class ProxyTests
{
    [Theory]
    [InlineData("--proxies=127.0.0.1", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.TooManyRequests)]
    public async Task Failed_logins_are_counted_by_the_address_that_a_trusted_proxy_forwards(string setting, HttpStatusCode ofOthers)
    {
        await using RunningServer server = await RunningServer.StartAsync($"--login-delay 0 --login-failures 1 {setting}");
        Assert.Equal(HttpStatusCode.Unauthorized, await GuessAsync(server, "203.0.113.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GuessAsync(server, "203.0.113.1"));
        Assert.Equal(ofOthers, await GuessAsync(server, "203.0.113.2"));
    }

    private static async Task<HttpStatusCode> GuessAsync(RunningServer server, string from)
    {
        using HttpClient http = server.Http(null);
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic("me", "guess");
        http.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        return (await http.SendAsync(HttpMethod.Get, "?q=this")).Status;
    }
}

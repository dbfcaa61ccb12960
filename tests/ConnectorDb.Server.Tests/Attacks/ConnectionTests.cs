using System.Net;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Too many connections, of one address and in all.</summary>
public sealed class ConnectionTests
{
    [Theory]
    [InlineData("--address-connection-limit", HttpStatusCode.TooManyRequests)]
    [InlineData("--connection-limit", HttpStatusCode.ServiceUnavailable)]
    public async Task A_connection_beyond_the_limit_is_told_to_wait_and_closed(string setting, HttpStatusCode expected)
    {
        await using RunningServer server = await RunningServer.StartAsync($"--login-delay 0 {setting} 2");
        using HttpClient first = server.Http();
        using HttpClient second = server.Http();
        await first.DoAsync(HttpMethod.Get, "?q=this");
        await second.DoAsync(HttpMethod.Get, "?q=this");

        using HttpClient third = server.Http();
        using HttpResponseMessage answer = await third.GetAsync("?q=this");
        Assert.Equal(expected, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.True(answer.Headers.ConnectionClose);
        Assert.Contains(setting, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await first.DoAsync(HttpMethod.Get, "?q=this");
    }

    [Fact]
    public async Task A_closed_connection_makes_room()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --address-connection-limit 1");
        for (int i = 0; i < 5; i++)
        {
            using HttpClient http = server.Http();
            http.DefaultRequestHeaders.ConnectionClose = true;
            using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
            while ((await http.SendAsync(HttpMethod.Get, "?q=this")).Status != HttpStatusCode.OK)
            {
                // The server may not have noticed yet that the connection before this one is closed.
                patience.Token.ThrowIfCancellationRequested();
            }
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;

namespace ConnectorDb.Server.Tests.Support;

/// <summary>A browser with the cookies of a session, which sends its token with each change.</summary>
internal sealed class Browser : IDisposable
{
    private const string TokenCookie = "connectordb-token=";
    private readonly string _cookies;

    private Browser(RunningServer server, string[] cookies)
    {
        _cookies = string.Join("; ", cookies);
        Http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = new Uri(server.Address, "/api/v1/") };
        Http.DefaultRequestHeaders.Add("Cookie", _cookies);
        Http.DefaultRequestHeaders.Add("X-ConnectorDb-Token", cookies.Single(cookie => cookie.StartsWith(TokenCookie, StringComparison.Ordinal))[TokenCookie.Length..]);
    }

    public HttpClient Http { get; }

    public static async Task<Browser> LogInAsync(RunningServer server, AuthenticationHeaderValue login, string parameters = "")
    {
        using HttpClient http = server.Http(null);
        http.DefaultRequestHeaders.Authorization = login;
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Browser/1");
        using HttpResponseMessage response = await http.PostAsync($"login{parameters}", null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new Browser(server, [.. response.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])]);
    }

    /// <summary>The same session at another server.</summary>
    public Browser At(RunningServer server) => new(server, _cookies.Split("; "));

    public Task<string> WhoAsync() => Http.DoAsync(HttpMethod.Get, "?q=this");

    public Task<string> RefusedAsync() => Http.GetAsync("?q=this", HttpStatusCode.Unauthorized);

    public Task<WebSocketTester> OpenWebSocketAsync(RunningServer server) => WebSocketTester.OpenAsync(server, null, AddTo);

    public void Dispose() => Http.Dispose();

    private void AddTo(ClientWebSocketOptions options)
    {
        options.SetRequestHeader("Cookie", _cookies);
        options.SetRequestHeader("Origin", Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
    }
}

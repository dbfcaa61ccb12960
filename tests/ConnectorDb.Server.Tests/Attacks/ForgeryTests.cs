using System.Net;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>A page of another site makes a browser send requests with its session, and has somehow learned the token.</summary>
public sealed class ForgeryTests : IAsyncLifetime
{
    private RunningServer _server = null!;
    private Browser _browser = null!;

    public static TheoryData<string, string> Foreign => new()
    {
        { "Origin", "https://evil.example" },
        { "Origin", "null" },
        { "Origin", "http://127.0.0.1:1" },
        { "Sec-Fetch-Site", "cross-site" },
        { "Sec-Fetch-Site", "same-site" },
    };

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _browser = await Browser.LogInAsync(_server, RunningServer.Basic("", _server.OwnerKey));
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_change_with_session_and_token_from_another_site_is_refused(string header, string value)
    {
        _browser.Http.DefaultRequestHeaders.Add(header, value);
        foreach ((HttpMethod method, string path) in new[] { (HttpMethod.Post, "crud/me/pi"), (HttpMethod.Put, "crud/me"), (HttpMethod.Delete, "crud/me/user/s"), (HttpMethod.Delete, "sessions/1"), (HttpMethod.Post, "query/merge"), (HttpMethod.Post, "logout"), (HttpMethod.Get, "logout") })
        {
            Assert.Contains("another site", await _browser.Http.RefusedAsync(method, path, method == HttpMethod.Post ? "{}" : null, HttpStatusCode.Forbidden), StringComparison.Ordinal);
        }

        Assert.Equal("me/user", await _browser.WhoAsync());
    }

    [Fact]
    public async Task The_own_page_changes_and_logs_out()
    {
        _browser.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        await _browser.Http.DoAsync(HttpMethod.Post, "crud/me/pi", "{}");
        _browser.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        _browser.Http.DefaultRequestHeaders.Add("Origin", _server.Address.GetLeftPart(UriPartial.Authority));
        await _browser.Http.DoAsync(HttpMethod.Delete, "crud/me/pi");
        await _browser.Http.DoAsync(HttpMethod.Get, "logout");
        await _browser.RefusedAsync();
    }

    [Fact]
    public async Task A_key_may_come_from_any_page()
    {
        using HttpClient http = _server.Http();
        http.DefaultRequestHeaders.Add("Origin", "https://dashboard.example");
        http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        await http.DoAsync(HttpMethod.Post, "crud/me/pi", "{}");
    }
}

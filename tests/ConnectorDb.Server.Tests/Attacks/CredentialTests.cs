using System.Net;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Credentials in every form and place: each logs in, or is refused with a reason. None is ignored, which would make its caller nobody.</summary>
public sealed class CredentialTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("Token {0}")]
    [InlineData("token {0}")]
    [InlineData("Token me:{0}")]
    [InlineData("Token me/user:{0}")]
    [InlineData("Bearer {0}")]
    public async Task A_key_logs_in_at_each_path(string header)
    {
        using HttpClient http = fixture.Server.Http(null);
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header.Replace("{0}", fixture.Server.OwnerKey, StringComparison.Ordinal));
        Assert.Equal("me/user", await http.DoAsync(HttpMethod.Get, "?q=this"));
        using HttpResponseMessage query = await http.GetAsync("/query?q=SHOW+DATABASES");
        Assert.Equal(HttpStatusCode.OK, query.StatusCode);
    }

    [Theory]
    [InlineData("u=me&p={0}")]
    [InlineData("p={0}")]
    [InlineData("u=me")]
    [InlineData("user={0}")]
    [InlineData("username=me")]
    [InlineData("username=me&password={0}")]
    [InlineData("pwd={0}")]
    [InlineData("auth={0}")]
    [InlineData("apikey=")]
    [InlineData("apikey=x&u=me")]
    [InlineData("apikey[]={0}")]
    [InlineData("apikey[0]={0}")]
    [InlineData("API_KEY={0}")]
    [InlineData("api.key={0}")]
    [InlineData("Api-Key={0}")]
    [InlineData("x_api_key={0}")]
    [InlineData("password[]={0}")]
    [InlineData("access.token={0}")]
    [InlineData("USER=me")]
    public Task A_parameter_with_a_credential_is_refused(string parameters)
        => RefusedAsync($"?q=this&{parameters.Replace("{0}", fixture.Server.OwnerKey, StringComparison.Ordinal)}");

    [Theory]
    [InlineData("Authorization", "Token")]
    [InlineData("Authorization", "Token ")]
    [InlineData("Authorization", "Token me:wrong")]
    [InlineData("Authorization", "ApiKey {0}")]
    [InlineData("X-Authorization", "Bearer {0}")]
    [InlineData("Authentication", "{0}")]
    [InlineData("Private-Token", "{0}")]
    [InlineData("X-Auth-Key", "{0}")]
    [InlineData("Api-Key", "{0}")]
    [InlineData("X_API_KEY", "{0}")]
    [InlineData("X.Api.Key", "{0}")]
    [InlineData("X-Influx-Api-Key", "{0}")]
    [InlineData("access_token", "{0}")]
    [InlineData("Proxy-Authorization", "Bearer {0}")]
    [InlineData("Cookie", "apikey={0}")]
    [InlineData("Cookie", "theme=dark; Api-Key={0}")]
    [InlineData("Cookie", "__Host-connectordb-session=x")]
    [InlineData("Cookie", "__Secure-connectordb-session=x")]
    [InlineData("Cookie", "connectordb-session=x")]
    [InlineData("Cookie", "connectordb-session=")]
    [InlineData("Cookie", "connectordb=x")]
    [InlineData("Cookie", "__Host-connectordb=x")]
    [InlineData("Cookie", "connectordb_session=x")]
    public Task A_header_with_a_credential_is_refused(string header, string value)
        => RefusedAsync("?q=this", header, value.Replace("{0}", fixture.Server.OwnerKey, StringComparison.Ordinal));

    [Theory]
    [InlineData("{0}:x@", 401)]
    [InlineData("me:{0}@", 401)]
    [InlineData("@", 401)]
    [InlineData("", 200)]
    public async Task A_credential_before_the_host_of_the_address_is_refused(string before, int expected)
    {
        string host = fixture.Server.Address.Authority;
        string answer = await RawRequest.SendAsync(
            fixture.Server, $"GET http://{before.Replace("{0}", fixture.Server.OwnerKey, StringComparison.Ordinal)}{host}/api/v1/?q=this HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {expected} ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Proxy-Authorization", "Basic eDp5")]
    [InlineData("Cookie", "apikey=of another program on the host")]
    public async Task What_proxies_and_browsers_add_does_not_count_beside_a_credential(string header, string value)
    {
        using HttpClient http = new(new HttpClientHandler { UseCookies = false }) { BaseAddress = new Uri(fixture.Server.Address, "/api/v1/") };
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic("", fixture.Server.OwnerKey);
        http.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        Assert.Equal("me/user", await http.DoAsync(HttpMethod.Get, "?q=this"));
    }

    [Theory]
    [InlineData("/api/v1/?q=this", "password=wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/?q=this", "api_key[]=wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/?q=this", "API-KEY={0}", HttpStatusCode.OK)]
    [InlineData("/api/v1/?q=this", "p=wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/?q=this", "token={0}&token=wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/?q=this", "apikey={0}&apikey=wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/?q=this", "token={0}&user=me", HttpStatusCode.OK)]
    [InlineData("/query?q=SHOW+DATABASES", "u=me&p=wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/query?q=SHOW+DATABASES", "p={0}&p=wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/query?q=SHOW+DATABASES", "password=wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/query?q=SHOW+DATABASES", "u=me&p={0}", HttpStatusCode.OK)]
    public async Task A_second_credential_is_refused_unless_it_is_the_same(string path, string parameters, HttpStatusCode expected)
    {
        using Browser browser = await Browser.LogInAsync(fixture.Server, RunningServer.Basic("", fixture.Server.OwnerKey));
        using HttpClient key = fixture.Server.Http();
        foreach (string others in (string[])[parameters, string.Join('&', parameters.Split('&').Reverse())])
        {
            Uri address = new($"{path}&{others.Replace("{0}", fixture.Server.OwnerKey, StringComparison.Ordinal)}", UriKind.Relative);
            using HttpResponseMessage answer = await key.GetAsync(address);
            Assert.Equal(expected, answer.StatusCode);
            using HttpResponseMessage session = await browser.Http.GetAsync(address);
            Assert.True(expected == HttpStatusCode.OK || session.StatusCode == HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task A_second_credential_in_another_header_is_refused()
    {
        using HttpClient http = fixture.Server.Http();
        http.DefaultRequestHeaders.Add("X-Auth-Token", "wrong");
        await http.GetAsync("?q=this", HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("{0}; connectordb-session=x")]
    [InlineData("connectordb-session=x; {0}")]
    [InlineData("connectordb-session=; {0}")]
    public async Task Two_sessions_are_refused_in_each_order(string cookies)
    {
        using HttpClient http = new(new HttpClientHandler { UseCookies = false }) { BaseAddress = new Uri(fixture.Server.Address, "/api/v1/") };
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic("", fixture.Server.OwnerKey);
        using HttpResponseMessage login = await http.PostAsync("login", null);
        string session = login.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        string both = cookies.Replace("{0}", session, StringComparison.Ordinal);
        await RefusedAsync("?q=this", "Cookie", both);

        // A browser gets out of it.
        http.DefaultRequestHeaders.Authorization = null;
        http.DefaultRequestHeaders.Add("Cookie", both);
        await http.DoAsync(HttpMethod.Post, "logout");
        await RefusedAsync("?q=this", "Cookie", session);
    }

    [Fact]
    public async Task A_cookie_that_cannot_be_used_does_not_keep_from_logging_in()
    {
        using HttpClient http = new(new HttpClientHandler { UseCookies = false }) { BaseAddress = fixture.Server.Address };
        http.DefaultRequestHeaders.Add("Cookie", "__Host-connectordb-session=x");
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic("", fixture.Server.OwnerKey);
        using HttpResponseMessage login = await http.PostAsync("api/v1/login", null);
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        http.DefaultRequestHeaders.Authorization = null;
        http.DefaultRequestHeaders.Add("Cookie", login.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        Assert.Equal("me/user", await http.DoAsync(HttpMethod.Get, "api/v1/?q=this"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/ping")]
    [InlineData("/api/v1/meta/version")]
    [InlineData("/api/v1/openapi.json")]
    [InlineData("/api/v1/logout")]
    public async Task A_path_that_needs_no_credential_refuses_a_wrong_one(string path)
    {
        string right = fixture.Server.OwnerKey;
        await AnswersAsync(true, path);
        await AnswersAsync(true, path, "Authorization", $"Bearer {right}");
        await AnswersAsync(true, $"{path}?apikey={right}");
        await AnswersAsync(false, path, "Authorization", "Bearer wrong");
        await AnswersAsync(false, path, "Authorization", "Basic !");
        await AnswersAsync(false, path, "X-Api-Key", "wrong");
        await AnswersAsync(false, path, "X-Auth-Token", right);
        await AnswersAsync(false, $"{path}?apikey=wrong");

        // Browsers and proxies add these unasked.
        await AnswersAsync(true, path, "Cookie", "connectordb-session=ended");
        await AnswersAsync(true, path, "Cookie", "__Host-connectordb-session=x; connectordb=x; apikey=x");
        await AnswersAsync(true, path, "Proxy-Authorization", "Basic eDp5");

        async Task AnswersAsync(bool succeeds, string address, string? header = null, string? value = null)
        {
            using HttpClient http = new(new HttpClientHandler { UseCookies = false }) { BaseAddress = fixture.Server.Address };
            if (header is not null)
            {
                http.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
            }

            using HttpResponseMessage answer = await http.GetAsync(new Uri(address, UriKind.Relative));
            Assert.True(succeeds ? answer.IsSuccessStatusCode : answer.StatusCode == HttpStatusCode.Unauthorized, $"{address} {header}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_logout_with_an_ended_session_deletes_its_cookie()
    {
        using Browser browser = await Browser.LogInAsync(fixture.Server, RunningServer.Basic("", fixture.Server.OwnerKey));
        await browser.Http.DoAsync(HttpMethod.Post, "logout");
        using HttpResponseMessage again = await browser.Http.PostAsync("logout", null);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.StartsWith("connectordb-session=; expires=Thu, 01 Jan 1970", again.Headers.GetValues("Set-Cookie").First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_websocket_by_session_without_an_origin_says_which_is_needed()
    {
        using Browser browser = await Browser.LogInAsync(fixture.Server, RunningServer.Basic("", fixture.Server.OwnerKey));
        using HttpRequestMessage request = new(HttpMethod.Get, "websocket")
        {
            Headers = { { "Connection", "Upgrade" }, { "Upgrade", "websocket" }, { "Sec-WebSocket-Version", "13" }, { "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==" } },
        };
        using HttpResponseMessage answer = await browser.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"Origin: {fixture.Server.Address.GetLeftPart(UriPartial.Authority)}", text, StringComparison.Ordinal);
        Assert.Contains("API key", text, StringComparison.Ordinal);
    }

    private async Task RefusedAsync(string path, string? header = null, string? value = null)
    {
        using HttpClient http = new(new HttpClientHandler { UseCookies = false }) { BaseAddress = new Uri(fixture.Server.Address, "/api/v1/") };
        if (header is not null)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        }

        Assert.NotEqual("", await http.RefusedAsync(HttpMethod.Get, path, null, HttpStatusCode.Unauthorized));
        await http.RefusedAsync(HttpMethod.Get, path.Replace("?q=this", "crud/me?q=ls", StringComparison.Ordinal), null, HttpStatusCode.Unauthorized);
    }
}

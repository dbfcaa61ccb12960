using System.Net;
using System.Net.Http.Headers;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Hosting;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Server.Tests.Security;

public sealed class LoginTests
{
    [Fact]
    public async Task A_caller_logs_in_by_name_email_key_or_parameter()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/ann", """{"email": "ann@localhost", "password": "secret of ann"}""");
        await IsAsync(RunningServer.Basic("ann", "secret of ann"), "", "ann/user");
        await IsAsync(RunningServer.Basic("Ann@Localhost", "secret of ann"), "", "ann/user");
        await IsAsync(RunningServer.Basic("", server.KeyOf("ann/user")), "", "ann/user");
        await IsAsync(null, $"&apikey={Uri.EscapeDataString(server.KeyOf("ann/user"))}", "ann/user");
        await IsAsync(new AuthenticationHeaderValue("Bearer", server.KeyOf("ann/user")), "", "ann/user");
        await IsAsync(null, "", "nobody");

        async Task IsAsync(AuthenticationHeaderValue? header, string parameter, string expected)
        {
            using HttpClient anyone = server.Http(null);
            anyone.DefaultRequestHeaders.Authorization = header;
            Assert.Equal(expected, await anyone.DoAsync(HttpMethod.Get, "?q=this" + parameter));
        }
    }

    [Fact]
    public async Task Several_credentials_in_one_request_are_refused_unless_they_are_the_same()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient owner = server.Http();
        await owner.DoAsync(HttpMethod.Post, "crud/ann", """{"email": "ann@localhost", "password": "secret of ann"}""");
        string ann = server.KeyOf("ann/user");
        await IsAsync("ann/user", RunningServer.Basic("", ann), ann, ann);
        await IsAsync("ann/user", RunningServer.Basic("ann", ann), ann);
        await IsAsync("ann/user", null, ann, ann);
        await IsAsync(null, RunningServer.Basic("ann", "secret of ann"), server.OwnerKey);
        await IsAsync(null, RunningServer.Basic("", ann), server.OwnerKey);
        await IsAsync(null, new AuthenticationHeaderValue("Bearer", ann), null, server.OwnerKey);
        await IsAsync(null, null, ann, server.OwnerKey);
        await IsAsync(null, null, "wrong", server.OwnerKey);

        async Task IsAsync(string? expected, AuthenticationHeaderValue? header, string? keyHeader = null, string? parameter = null)
        {
            using HttpClient http = server.Http(null);
            http.DefaultRequestHeaders.Authorization = header;
            if (keyHeader is not null)
            {
                http.DefaultRequestHeaders.Add("X-Api-Key", keyHeader);
            }

            (HttpStatusCode status, string text) = await http.SendAsync(HttpMethod.Get, "?q=this" + (parameter is null ? "" : $"&apikey={Uri.EscapeDataString(parameter)}"));
            Assert.Equal(expected is null ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, status);
            Assert.Contains(expected ?? "several different credentials", text, StringComparison.Ordinal);
            Assert.DoesNotContain(server.OwnerKey, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_keys_in_one_parameter_or_header_are_refused()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http(null);
        await http.GetAsync($"?q=this&apikey={server.OwnerKey}&apikey=other", HttpStatusCode.Unauthorized);
        http.DefaultRequestHeaders.TryAddWithoutValidation("X-Api-Key", [server.OwnerKey, "other"]);
        await http.GetAsync("?q=this", HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_session_begins_only_with_the_header_Authorization(string method)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http(null);
        using HttpRequestMessage request = new(new HttpMethod(method), $"login?apikey={Uri.EscapeDataString(server.OwnerKey)}");
        using HttpResponseMessage answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_header_X_Api_Key_has_a_key_and_credentials_elsewhere_are_refused_instead_of_ignored()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http(null);
        http.DefaultRequestHeaders.Add("X-Api-Key", server.OwnerKey);
        Assert.Equal("me/user", await http.DoAsync(HttpMethod.Get, "?q=this"));
        foreach (string wrong in (string[])["wrong", ""])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "?q=this") { Headers = { { "X-Api-Key", wrong } } };
            using HttpClient anyone = server.Http(null);
            using HttpResponseMessage answer = await anyone.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        foreach (string header in (string[])["Api-Key", "X-Auth-Token", "X-Access-Token", "Access-Token", "X-ConnectorDb-Key"])
        {
            using HttpClient other = server.Http(null);
            other.DefaultRequestHeaders.Add(header, server.OwnerKey);
            Assert.Contains($"the header {header}", await other.RefusedAsync(HttpMethod.Get, "?q=this", null, HttpStatusCode.Unauthorized), StringComparison.Ordinal);
        }

        using HttpClient byParameter = server.Http(null);
        Assert.Contains("names a user", await byParameter.RefusedAsync(HttpMethod.Get, "sessions?user=me", null, HttpStatusCode.Unauthorized), StringComparison.Ordinal);
        foreach (string parameter in (string[])["api_key", "access_token", "token"])
        {
            Assert.Contains("Bearer KEY", await byParameter.RefusedAsync(HttpMethod.Get, $"?q=this&{parameter}={server.OwnerKey}", null, HttpStatusCode.Unauthorized), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_device_without_rights_may_not_see_the_sessions_of_its_user()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient owner = server.Http();
        await owner.DoAsync(HttpMethod.Post, "crud/me/pi", "{}");
        using HttpClient pi = server.Http(server.KeyOf("me/pi"));
        await pi.RefusedAsync(HttpMethod.Get, "sessions", null, HttpStatusCode.Forbidden);
        await pi.RefusedAsync(HttpMethod.Get, "sessions?user=me", null, HttpStatusCode.Forbidden);
        await pi.RefusedAsync(HttpMethod.Get, "sessions?user=somebody", null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_key_may_have_the_name_of_its_device_or_user_beside_it()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient owner = server.Http();
        await owner.DoAsync(HttpMethod.Post, "crud/me/pi", "{}");
        string key = server.KeyOf("me/pi");
        using HttpClient http = server.Http(null);
        foreach (AuthenticationHeaderValue header in new[] { "me", "pi", "ME/pi" }.Select(name => RunningServer.Basic(name, key)).Append(RunningServer.Basic(key, "")))
        {
            http.DefaultRequestHeaders.Authorization = header;
            Assert.Equal("me/pi", await http.DoAsync(HttpMethod.Get, "?q=this"));
        }

        http.DefaultRequestHeaders.Authorization = RunningServer.Basic("ann", key);
        Assert.Contains("'me/pi'", await http.RefusedAsync(HttpMethod.Get, "?q=this", null, HttpStatusCode.Unauthorized), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Digest x", "Digest")]
    [InlineData("Token 0123456789abcdef0123", "No device has this API key")]
    [InlineData("0123456789abcdef0123", "Bearer KEY")]
    [InlineData("Basic !", "base64")]
    [InlineData("Basic bm9jb2xvbg==", "base64")]
    [InlineData("Basic Og==", "empty")]
    [InlineData("Bearer", "empty")]
    [InlineData("Bearer 0123456789abcdef0123", "No device has this API key")]
    [InlineData("Basic bWU6", "The password is empty")]
    [InlineData("Basic MDEyMzQ1Njc4OWFiY2RlZjAxMjM6", "The password is empty")]
    [InlineData("", "Bearer KEY")]
    [InlineData(null, "empty")]
    public async Task An_unknown_credential_is_refused_and_never_nobody(string? header, string expected)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http(null);
        if (header is not null)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        }

        using HttpResponseMessage answer = await http.GetAsync(header is null ? "?q=this&apikey=" : "?q=this");
        string text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.DoesNotContain("was not found", text, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_passwords_is_slowed_down_and_then_rejected_for_a_minute()
    {
        FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddYears(40));
        await using RunningServer server = await RunningServer.StartAsync(
            "--login-delay 0 --login-failures 3",
            builder => builder.Services.AddSingleton<TimeProvider>(clock));
        using HttpClient owner = server.Http();
        await owner.DoAsync(HttpMethod.Post, "crud/ann", """{"email": "ann@localhost", "password": "secret of ann"}""");
        using HttpClient guesser = server.Http(null);
        guesser.DefaultRequestHeaders.Authorization = RunningServer.Basic("ann", "wrong");
        for (int i = 0; i < 3; i++)
        {
            await guesser.GetAsync("?q=this", HttpStatusCode.Unauthorized);
        }

        using HttpResponseMessage refused = await guesser.GetAsync("?q=this");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), refused.Headers.RetryAfter!.Delta);

        guesser.DefaultRequestHeaders.Authorization = RunningServer.Basic("ann", "secret of ann");
        await guesser.GetAsync("?q=this", HttpStatusCode.TooManyRequests);
        Assert.Equal("me/user", await owner.DoAsync(HttpMethod.Get, "?q=this"));

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("ann/user", await guesser.DoAsync(HttpMethod.Get, "?q=this"));
    }

    [Fact]
    public async Task Parallel_password_guesses_are_counted_too()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --login-failures 2");
        using HttpClient guesser = server.Http(null);
        guesser.DefaultRequestHeaders.Authorization = RunningServer.Basic("me", "wrong");
        (HttpStatusCode Status, string)[] answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => guesser.SendAsync(HttpMethod.Get, "?q=this")));
        Assert.InRange(answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized), 0, 2);
        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task A_failed_login_is_answered_after_the_delay()
    {
        FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddYears(40));
        await using RunningServer server = await RunningServer.StartAsync("", builder => builder.Services.AddSingleton<TimeProvider>(clock));
        using HttpClient http = server.Http("no key of anyone");
        Task answer = http.GetAsync("?q=this", HttpStatusCode.Unauthorized);
        using HttpClient other = server.Http();
        await other.DoAsync(HttpMethod.Get, "?q=this");
        Assert.False(answer.IsCompleted);
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        while (!answer.IsCompleted && !patience.IsCancellationRequested)
        {
            clock.Advance(TimeSpan.FromMilliseconds(300));
            await Task.Yield();
        }

        Assert.True(answer.IsCompleted);
        await answer;
    }

    [Fact]
    public async Task A_replaced_key_stops_working_at_once_even_if_it_was_just_used()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient owner = server.Http();
        await owner.DoAsync(HttpMethod.Post, "crud/me/pi", "{}");
        await owner.DoAsync(HttpMethod.Post, "crud/me/pi/temp", """{"schema": "{}"}""");
        string first = server.KeyOf("me/pi");
        await WritesAsync(first, HttpStatusCode.OK);

        await owner.DoAsync(HttpMethod.Put, "crud/me/pi", """{"apikey": "the second key of the pi"}""");
        await WritesAsync("the second key of the pi", HttpStatusCode.OK);
        await WritesAsync(first, HttpStatusCode.Unauthorized);
        await WritesAsync(first, HttpStatusCode.Unauthorized);

        using (CdbEngine other = StoreFactory.OpenEngine(server.StorePath, server.KeyFolder, TimeProvider.System))
        {
            ICdbClient pi = EmbeddedClient.Over(other, other.LoginWithKey("the second key of the pi", default));
            await pi.UpdateDeviceAsync(CdbPath.Parse("me/pi"), new DeviceDefinition { ApiKey = "the third key of the pi" }, default);
        }

        await WritesAsync("the second key of the pi", HttpStatusCode.Unauthorized);
        await WritesAsync("the third key of the pi", HttpStatusCode.OK);
        await owner.DoAsync(HttpMethod.Delete, "crud/me/pi");
        await WritesAsync("the third key of the pi", HttpStatusCode.Unauthorized);
        await owner.DoAsync(HttpMethod.Post, "crud/me/pi", """{"apikey": "the third key of the pi", "streams": {"temp": {}}}""");
        await WritesAsync("the third key of the pi", HttpStatusCode.OK);
        await owner.DoAsync(HttpMethod.Delete, "crud/me/pi");
        await owner.DoAsync(HttpMethod.Post, "crud/me/pi", """{"apikey": "the third key of the pi", "streams": {"temp": {}}}""");
        await WritesAsync("the third key of the pi", HttpStatusCode.OK);

        async Task WritesAsync(string key, HttpStatusCode expected)
        {
            using HttpClient device = server.Http(key);
            (HttpStatusCode status, _) = await device.SendAsync(HttpMethod.Post, "crud/me/pi/temp/data", """[{"d": 1}]""");
            Assert.Equal(expected, status);
        }
    }

    [Fact]
    public async Task Keys_and_passwords_are_never_logged()
    {
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0", log.AddTo);
        using HttpClient http = server.Http(null);
        string key = server.OwnerKey;
        await http.DoAsync(HttpMethod.Get, $"?q=this&apikey={Uri.EscapeDataString(key)}");
        await http.GetAsync("?q=this&u=me&p=MisplacedPassword", HttpStatusCode.Unauthorized);
        using HttpResponseMessage query = await http.GetAsync("/query?q=SHOW+DATABASES&u=me&p=GuessedParameter");
        Assert.Equal(HttpStatusCode.Unauthorized, query.StatusCode);
        await http.GetAsync("?q=this&apikey=GuessedKey", HttpStatusCode.Unauthorized);
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic("me", "GuessedPassword");
        await http.GetAsync("?q=this", HttpStatusCode.Unauthorized);
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic("", key);
        await http.DoAsync(HttpMethod.Post, "crud/ann", """{"email": "ann@localhost", "password": "NewPasswordOfAnn"}""");
        await http.GetAsync($"crud/me?q=nonsense&apikey={Uri.EscapeDataString(key)}", HttpStatusCode.BadRequest);

        Assert.Contains("/api/v1/crud/ann", log.Text, StringComparison.Ordinal);
        Assert.Contains("A login by Password from 127.0.0.1 failed.", log.Text, StringComparison.Ordinal);
        foreach (string secret in new[] { key, Uri.EscapeDataString(key), "GuessedKey", "GuessedPassword", "MisplacedPassword", "GuessedParameter", "NewPasswordOfAnn", http.DefaultRequestHeaders.Authorization.Parameter! })
        {
            Assert.DoesNotContain(secret, log.Text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Pages_of_allowed_origins_may_call_without_the_credentials_of_the_browser()
    {
        await using RunningServer server = await RunningServer.StartAsync("--origins=https://dashboard.example");
        using HttpClient http = server.Http();
        foreach ((string origin, bool isAllowed) in new[] { ("https://dashboard.example", true), ("https://evil.example", false) })
        {
            using HttpRequestMessage preflight = new(HttpMethod.Options, "crud/me") { Headers = { { "Origin", origin } } };
            using HttpResponseMessage answer = await http.SendAsync(preflight);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(isAllowed ? [origin] : [], answer.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? allowed) ? allowed : []);
            Assert.Equal(isAllowed, answer.Headers.Contains("Access-Control-Allow-Headers"));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        }
    }
}

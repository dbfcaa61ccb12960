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
    public async Task A_caller_logs_in_by_name_email_key_or_parameter_and_the_first_credential_decides()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/ann", """{"email": "ann@localhost", "password": "secret"}""");
        await IsAsync(RunningServer.Basic("ann", "secret"), "", "ann/user");
        await IsAsync(RunningServer.Basic("Ann@Localhost", "secret"), "", "ann/user");
        await IsAsync(RunningServer.Basic("", server.KeyOf("ann/user")), "", "ann/user");
        await IsAsync(null, $"&apikey={Uri.EscapeDataString(server.KeyOf("ann/user"))}", "ann/user");
        await IsAsync(RunningServer.Basic("ann", "secret"), $"&apikey={Uri.EscapeDataString(server.OwnerKey)}", "ann/user");
        await IsAsync(null, "", "nobody");
        await IsAsync(new AuthenticationHeaderValue("Digest", "x"), "", "nobody");

        async Task IsAsync(AuthenticationHeaderValue? header, string parameter, string expected)
        {
            using HttpClient anyone = server.Http(null);
            anyone.DefaultRequestHeaders.Authorization = header;
            Assert.Equal(expected, await anyone.DoAsync(HttpMethod.Get, "?q=this" + parameter));
        }
    }

    [Fact]
    public async Task Guessing_passwords_is_slowed_down_and_then_rejected_for_a_minute()
    {
        FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddYears(40));
        await using RunningServer server = await RunningServer.StartAsync(
            "--login-delay 0 --login-failures 3",
            builder => builder.Services.AddSingleton<TimeProvider>(clock));
        using HttpClient owner = server.Http();
        await owner.DoAsync(HttpMethod.Post, "crud/ann", """{"email": "ann@localhost", "password": "secret"}""");
        using HttpClient guesser = server.Http(null);
        guesser.DefaultRequestHeaders.Authorization = RunningServer.Basic("ann", "wrong");
        for (int i = 0; i < 3; i++)
        {
            await guesser.GetAsync("?q=this", HttpStatusCode.Unauthorized);
        }

        using HttpResponseMessage refused = await guesser.GetAsync("?q=this");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), refused.Headers.RetryAfter!.Delta);

        guesser.DefaultRequestHeaders.Authorization = RunningServer.Basic("ann", "secret");
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
        await http.GetAsync("?q=this&apikey=GuessedKey", HttpStatusCode.Unauthorized);
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic("me", "GuessedPassword");
        await http.GetAsync("?q=this", HttpStatusCode.Unauthorized);
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic("", key);
        await http.DoAsync(HttpMethod.Post, "crud/ann", """{"email": "ann@localhost", "password": "NewPassword"}""");
        await http.GetAsync($"crud/me?q=nonsense&apikey={Uri.EscapeDataString(key)}", HttpStatusCode.BadRequest);

        Assert.Contains("/api/v1/crud/ann", log.Text, StringComparison.Ordinal);
        foreach (string secret in new[] { key, Uri.EscapeDataString(key), "GuessedKey", "GuessedPassword", "NewPassword", http.DefaultRequestHeaders.Authorization.Parameter! })
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

using System.Globalization;
using System.Net;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>An attacker guesses passwords from one address or from many.</summary>
public sealed class GuessingTests
{
    private const string Password = "the right password";
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(40));

    [Fact]
    public async Task Guesses_at_one_account_from_many_addresses_wait_longer_and_longer_and_the_owner_is_not_locked_out()
    {
        await using RunningServer server = await StartAsync();
        using HttpClient owner = server.Http();
        await owner.DoAsync(HttpMethod.Post, "crud/ann", $$"""{"email": "ann@localhost", "password": "{{Password}}"}""");
        Assert.Equal(HttpStatusCode.OK, await TryAsync(server, "192.0.2.1", "ann", Password));
        using Browser browser = await Browser.LogInAsync(server, RunningServer.Basic("", server.KeyOf("ann/user")));

        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(server, $"198.51.100.{i}", i % 2 == 0 ? "ann" : "Ann@localhost", "wrong"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(server, "198.51.100.9", "ann", "wrong"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(server, "198.51.100.9", "ann", Password));
        for (int wait = 1; wait <= 8; wait *= 2)
        {
            _clock.Advance(TimeSpan.FromSeconds(wait));
            Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(server, $"203.0.113.{wait}", "ann", "wrong"));
            _clock.Advance(TimeSpan.FromSeconds(wait));
            Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(server, $"203.0.113.{wait}", "ann", "wrong"));
        }

        Assert.Equal(HttpStatusCode.OK, await TryAsync(server, "192.0.2.1", "ann", Password));
        Assert.Equal("ann/user", await browser.WhoAsync());
        using HttpClient key = server.Http(server.KeyOf("ann/user"));
        Assert.Equal("ann/user", await key.DoAsync(HttpMethod.Get, "?q=this"));

        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.OK, await TryAsync(server, "198.51.100.9", "ann", Password));
    }

    [Fact]
    public async Task A_name_without_account_answers_in_the_same_way()
    {
        await using RunningServer server = await StartAsync();
        List<HttpStatusCode> answers = [];
        for (int i = 0; i < 6; i++)
        {
            answers.Add(await TryAsync(server, $"198.51.100.{i}", "nobody-here", "wrong"));
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 5), HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task A_hundred_guesses_at_once_from_a_hundred_addresses_compute_few_hashes()
    {
        await using RunningServer server = await StartAsync();
        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => TryAsync(server, $"198.51.100.{i}", "me", "wrong")));
        Assert.Equal(5, answers.Count(answer => answer == HttpStatusCode.Unauthorized));
        Assert.Equal(95, answers.Count(answer => answer == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Of_many_wrong_keys_at_once_the_first_are_told_that_they_are_wrong()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 1000");
        using HttpClient http = server.Http("no key of anyone");
        (HttpStatusCode Status, string Text)[] answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => http.SendAsync(HttpMethod.Get, "?q=this")));
        Assert.InRange(answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized), 10, 20);
        Assert.InRange(answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests), 40, 50);
    }

    [Theory]
    [InlineData("198.51.100.7", "user{0}")]
    [InlineData("198.51.100.{0}", "user{0}")]
    [InlineData("2001:db8:1:2::{0}", "user{0}")]
    public async Task A_login_from_a_new_address_does_not_wait_behind_a_hundred_guesses(string address, string user)
    {
        await using RunningServer server = await StartAsync();
        using HttpClient owner = server.Http();
        await owner.DoAsync(HttpMethod.Post, "crud/ann", $$"""{"email": "ann@localhost", "password": "{{Password}}"}""");
        using CancellationTokenSource end = new();
        int answered = 0;
        Task[] guesses = [.. Enumerable.Range(0, 100).Select(async i =>
        {
            await TryAsync(server, Of(address), Of(user), "wrong", end.Token);
            Interlocked.Increment(ref answered);

            string Of(string format) => string.Format(CultureInfo.InvariantCulture, format, i);
        })];
        await Task.WhenAny(guesses);
        int before = answered;
        Assert.Equal(HttpStatusCode.OK, await TryAsync(server, "203.0.113.1", "ann", Password));
        Assert.InRange(answered - before, 0, 50);
        await end.CancelAsync();
    }

    [Fact]
    public async Task Keys_and_sessions_pass_behind_the_address_of_an_attacker()
    {
        await using RunningServer server = await StartAsync();
        using Browser browser = await Browser.LogInAsync(server, RunningServer.Basic("", server.OwnerKey));
        using HttpClient key = server.Http();
        foreach (HttpClient http in new[] { browser.Http, key })
        {
            http.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
        }

        Task<HttpStatusCode>[] guesses = [.. Enumerable.Range(0, 100).Select(i => TryAsync(server, "198.51.100.7", $"user{i}", "wrong"))];
        while (!Task.WhenAll(guesses).IsCompleted)
        {
            Assert.Equal("me/user", await browser.WhoAsync());
            Assert.Equal("me/user", await key.DoAsync(HttpMethod.Get, "?q=this"));
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, await Task.WhenAll(guesses));
        Assert.Equal("me/user", await browser.WhoAsync());
        Assert.Equal("me/user", await key.DoAsync(HttpMethod.Get, "?q=this"));
    }

    [Fact]
    public async Task A_wrong_old_password_counts_as_a_guess()
    {
        await using RunningServer server = await StartAsync();
        using HttpClient owner = server.Http();
        await owner.DoAsync(HttpMethod.Post, "crud/ann", $$"""{"email": "ann@localhost", "password": "{{Password}}"}""");
        using Browser stolen = await Browser.LogInAsync(server, RunningServer.Basic("", server.KeyOf("ann/user")));
        await stolen.Http.RefusedAsync(HttpMethod.Put, "crud/ann", """{"password": "my own password"}""", HttpStatusCode.Forbidden);
        for (int i = 0; i < 5; i++)
        {
            await stolen.Http.RefusedAsync(HttpMethod.Put, "crud/ann", """{"password": "my own password", "old_password": "a guess"}""", HttpStatusCode.Forbidden);
        }

        Assert.Equal("ann/user", await stolen.WhoAsync());
        await stolen.Http.RefusedAsync(HttpMethod.Put, "crud/ann", $$"""{"password": "my own password", "old_password": "{{Password}}"}""", HttpStatusCode.TooManyRequests);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await stolen.Http.DoAsync(HttpMethod.Put, "crud/ann", $$"""{"password": "the next password", "old_password": "{{Password}}"}""");
        await stolen.RefusedAsync();
    }

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync("--login-delay 0 --proxies 127.0.0.1", builder => builder.Services.AddSingleton<TimeProvider>(_clock));

    /// <summary>A login by password from an address, through the trusted proxy.</summary>
    private static async Task<HttpStatusCode> TryAsync(RunningServer server, string address, string user, string password, CancellationToken cancellation = default)
    {
        using HttpClient http = server.Http(null);
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic(user, password);
        http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        using HttpResponseMessage response = await http.GetAsync("?q=this", cancellation);
        return response.StatusCode;
    }
}

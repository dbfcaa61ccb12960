using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Hosting;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>An attacker has a stolen key, password, cookie or websocket. All end when their owner revokes them.</summary>
public sealed class RevocationTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Nothing = """{"cmd": "unsubscribe_all"}""";

    private RunningServer Server => fixture.Server;

    [Fact]
    public async Task A_reset_key_ends_the_websockets_of_that_key_and_of_no_other()
    {
        using HttpClient owner = Server.Http();
        string name = fixture.NewName("d");
        await owner.DoAsync(HttpMethod.Post, $"crud/me/{name}", """{"streams": {"s": {}}}""");
        using WebSocketTester stolen = await WebSocketTester.OpenAsync(Server, Server.KeyOf($"me/{name}"));
        using WebSocketTester other = await WebSocketTester.OpenAsync(Server);
        await stolen.DoAsync($$"""{"cmd": "subscribe", "arg": "me/{{name}}/s"}""");

        await owner.DoAsync(HttpMethod.Put, $"crud/me/{name}", """{"apikey": ""}""");

        await IsClosedAsync(stolen);
        await other.DoAsync(Nothing);
    }

    [Fact]
    public async Task A_key_that_is_reset_in_the_file_ends_the_websockets_at_the_server()
    {
        using HttpClient owner = Server.Http();
        string name = fixture.NewName("d");
        await owner.DoAsync(HttpMethod.Post, $"crud/me/{name}", "{}");
        using WebSocketTester stolen = await WebSocketTester.OpenAsync(Server, Server.KeyOf($"me/{name}"));
        await stolen.DoAsync(Nothing);

        using (CdbEngine file = StoreFactory.OpenEngine(Server.StorePath, Server.KeyFolder, TimeProvider.System))
        {
            ICdbClient client = EmbeddedClient.Over(file, file.LoginAs(CdbPath.Parse("me/user"), default));
            await client.UpdateDeviceAsync(CdbPath.Parse($"me/{name}"), new DeviceDefinition { ApiKey = "" }, default);
        }

        await IsClosedAsync(stolen);
    }

    [Fact]
    public async Task A_changed_password_ends_its_websockets_and_cookies()
    {
        string name = fixture.NewName("u");
        string key = await fixture.AddUserAsync(name, "the first password");
        using Browser browser = await Browser.LogInAsync(Server, RunningServer.Basic(name, "the first password"));
        using WebSocketTester ofCookie = await browser.OpenWebSocketAsync(Server);
        using WebSocketTester ofPassword = await WebSocketTester.OpenAsync(Server, null, options => options.SetRequestHeader("Authorization", RunningServer.Basic(name, "the first password").ToString()));
        using WebSocketTester ofKey = await WebSocketTester.OpenAsync(Server, key);

        using HttpClient owner = Server.Http();
        await owner.DoAsync(HttpMethod.Put, $"crud/{name}", """{"password": "the second password"}""");

        await IsClosedAsync(ofCookie);
        await IsClosedAsync(ofPassword);
        await browser.RefusedAsync();
        await ofKey.DoAsync(Nothing);
    }

    [Fact]
    public async Task A_logout_ends_the_cookie_and_its_websockets_but_no_other_session()
    {
        using Browser stolen = await Browser.LogInAsync(Server, RunningServer.Basic("", Server.OwnerKey));
        using Browser other = await Browser.LogInAsync(Server, RunningServer.Basic("", Server.OwnerKey));
        using WebSocketTester socket = await stolen.OpenWebSocketAsync(Server);

        await stolen.Http.DoAsync(HttpMethod.Post, "logout");

        await IsClosedAsync(socket);
        await stolen.RefusedAsync();
        Assert.Equal("me/user", await other.WhoAsync());
    }

    [Fact]
    public async Task A_new_login_of_a_browser_ends_its_earlier_session()
    {
        using Browser browser = await Browser.LogInAsync(Server, RunningServer.Basic("", Server.OwnerKey));
        using HttpRequestMessage again = new(HttpMethod.Post, "login") { Headers = { Authorization = RunningServer.Basic("", Server.OwnerKey) } };
        using HttpResponseMessage response = await browser.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await browser.RefusedAsync();
    }

    [Fact]
    public async Task An_owner_sees_the_sessions_and_ends_the_one_of_the_thief()
    {
        string name = fixture.NewName("u");
        string key = await fixture.AddUserAsync(name);
        using Browser stolen = await Browser.LogInAsync(Server, RunningServer.Basic("", key));
        using Browser own = await Browser.LogInAsync(Server, RunningServer.Basic("", key));
        using WebSocketTester socket = await stolen.OpenWebSocketAsync(Server);
        JsonElement[] sessions = [.. JsonDocument.Parse(await own.Http.DoAsync(HttpMethod.Get, "sessions")).RootElement.EnumerateArray()];
        Assert.Equal(2, sessions.Length);
        Assert.All(sessions, session => Assert.Equal((name + "/user", "Browser/1"), (session.GetProperty("device").GetString(), session.GetProperty("agent").GetString())));
        long thief = sessions.Single(session => !session.GetProperty("current").GetBoolean()).GetProperty("id").GetInt64();

        using Browser stranger = await Browser.LogInAsync(Server, RunningServer.Basic("", await fixture.AddUserAsync(fixture.NewName("u"))));
        await stranger.Http.RefusedAsync(HttpMethod.Delete, $"sessions/{thief}", null, HttpStatusCode.NotFound);
        await own.Http.DoAsync(HttpMethod.Delete, $"sessions/{thief}");

        await IsClosedAsync(socket);
        await stolen.RefusedAsync();
        Assert.Equal(name + "/user", await own.WhoAsync());
    }

    [Fact]
    public async Task A_removed_user_or_device_ends_its_websockets()
    {
        using HttpClient owner = Server.Http();
        string name = fixture.NewName("u");
        string key = await fixture.AddUserAsync(name);
        await owner.DoAsync(HttpMethod.Post, $"crud/{name}/d", "{}");
        using WebSocketTester ofDevice = await WebSocketTester.OpenAsync(Server, Server.KeyOf($"{name}/d"));
        using WebSocketTester ofUser = await WebSocketTester.OpenAsync(Server, key);

        await owner.DoAsync(HttpMethod.Delete, $"crud/{name}/d");
        await IsClosedAsync(ofDevice);
        await ofUser.DoAsync(Nothing);

        await owner.DoAsync(HttpMethod.Delete, $"crud/{name}");
        await IsClosedAsync(ofUser);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("password")]
    [InlineData("session")]
    [InlineData("device")]
    public async Task A_download_ends_with_its_login_and_a_query_without_results_is_refused(string kind)
    {
        string name = fixture.NewName("u");
        string key = await fixture.AddUserAsync(name, kind == "password" ? "the first password" : null);
        using HttpClient owner = Server.Http();
        await owner.DoAsync(HttpMethod.Post, $"crud/{name}/pi", """{"role": "user"}""");
        await owner.DoAsync(HttpMethod.Post, $"crud/{name}/kept", "{}");
        using HttpClient kept = Server.Http(Server.KeyOf($"{name}/kept"));
        await EndlessQuery.FillAsync(kept, stream: $"{name}/kept/s");
        using HttpClient device = Server.Http(Server.KeyOf($"{name}/pi"));
        using HttpClient user = Server.Http(key);
        using HttpClient byPassword = Server.Http(null);
        byPassword.DefaultRequestHeaders.Authorization = RunningServer.Basic(name, "the first password");
        using Browser browser = await Browser.LogInAsync(Server, RunningServer.Basic("", key));
        HttpClient stolen = kind switch { "key" or "device" => device, "password" => byPassword, _ => browser.Http };
        using HttpResponseMessage download = await EndlessQuery.BeginAsync(stolen, $"{name}/kept/s");
        Task<(HttpStatusCode Status, string Text)> computing = stolen.SendAsync(HttpMethod.Get, EndlessQuery.Data(EndlessQuery.Computing, $"{name}/kept/s"));

        await (kind switch
        {
            "key" => owner.DoAsync(HttpMethod.Put, $"crud/{name}/pi", """{"apikey": ""}"""),
            "password" => owner.DoAsync(HttpMethod.Put, $"crud/{name}", """{"password": "the second password"}"""),
            "session" => browser.Http.DoAsync(HttpMethod.Post, "logout"),
            _ => owner.DoAsync(HttpMethod.Delete, $"crud/{name}/pi"),
        });

        Assert.Contains("The login of this query has ended", await EndlessQuery.ReadBrokenAsync(download), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await computing).Status);
    }

    [Fact]
    public async Task A_lost_right_ends_the_subscriptions_that_needed_it()
    {
        using HttpClient owner = Server.Http();
        string stream = (await fixture.AddStreamAsync())["crud/".Length..];
        string name = fixture.NewName("u");
        string key = await fixture.AddUserAsync(name);
        await owner.DoAsync(HttpMethod.Put, $"crud/{name}", """{"role": "admin"}""");
        using WebSocketTester socket = await WebSocketTester.OpenAsync(Server, key);
        await socket.DoAsync($$"""{"cmd": "subscribe", "arg": "{{stream}}"}""");

        await owner.DoAsync(HttpMethod.Put, $"crud/{name}", """{"role": "user"}""");

        Assert.Equal("not_found", (await socket.ReceiveAsync()).GetProperty("error").GetProperty("kind").GetString());
        await owner.DoAsync(HttpMethod.Post, $"crud/{stream}/data", """[{"d": 1}]""");
        await socket.DoAsync(Nothing);
    }

    [Fact]
    public async Task A_session_ends_after_thirty_days_or_a_week_without_use_and_its_websocket_with_it()
    {
        FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddYears(40));
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0", builder => builder.Services.AddSingleton<TimeProvider>(clock));
        using Browser used = await Browser.LogInAsync(server, RunningServer.Basic("", server.OwnerKey));
        using Browser unused = await Browser.LogInAsync(server, RunningServer.Basic("", server.OwnerKey));
        for (int day = 1; day < 30; day++)
        {
            clock.Advance(TimeSpan.FromDays(1));
            Assert.Equal("me/user", await used.WhoAsync());
        }

        await unused.RefusedAsync();
        using WebSocketTester socket = await used.OpenWebSocketAsync(server);
        await socket.DoAsync(Nothing);
        clock.Advance(TimeSpan.FromDays(1));
        await IsClosedAsync(socket);
        await used.RefusedAsync();
    }

    [Fact]
    public async Task An_ended_login_gets_the_close_code_of_a_policy()
    {
        using Browser browser = await Browser.LogInAsync(Server, RunningServer.Basic("", Server.OwnerKey));
        using WebSocketTester socket = await browser.OpenWebSocketAsync(Server);
        await browser.Http.DoAsync(HttpMethod.Post, "logout");
        await IsClosedAsync(socket);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, socket.Socket.CloseStatus);
        Assert.Contains("Log in again", socket.Socket.CloseStatusDescription, StringComparison.Ordinal);
    }

    /// <summary>Waits until the server closes the websocket.</summary>
    private static async Task IsClosedAsync(WebSocketTester socket)
    {
        while (true)
        {
            try
            {
                await socket.ReceiveAsync();
            }
            catch (Exception error) when (error is EndOfStreamException or WebSocketException)
            {
                return;
            }
        }
    }
}

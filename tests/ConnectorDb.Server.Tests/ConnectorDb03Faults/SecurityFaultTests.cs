using System.Net;
using System.Net.Sockets;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.ConnectorDb03Faults;

/// <summary>Security faults of the ConnectorDB 0.3 server that ours does not have. The trait is the number in the list of these faults; number 4 is tested with websockets.</summary>
public sealed class SecurityFaultTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Cookie = "Set-Cookie";
    private readonly RunningServer _server = fixture.Server;

    [Fact]
    [Trait("Fault", "1")]
    public async Task An_empty_user_with_an_empty_password_cannot_log_in()
    {
        await fixture.AddUserAsync(fixture.NewName("u"));
        using HttpClient http = _server.Http("");
        Assert.Contains("key", await http.GetAsync("?q=this", HttpStatusCode.Unauthorized), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Fault", "2")]
    public async Task Users_and_email_addresses_are_unique_regardless_of_case()
    {
        await fixture.AddUserAsync("Oo", "the first password");
        using HttpClient http = _server.Http();
        await http.RefusedAsync(HttpMethod.Post, "crud/oo", """{"email": "other@localhost", "password": "the second password"}""", HttpStatusCode.Conflict);
        await http.RefusedAsync(HttpMethod.Post, $"crud/{fixture.NewName()}", """{"email": "OO@localhost", "password": "the second password"}""", HttpStatusCode.Conflict);

        using HttpClient anyCase = _server.Http(null);
        anyCase.DefaultRequestHeaders.Authorization = RunningServer.Basic("oO", "the first password");
        Assert.Equal("Oo/user", await anyCase.DoAsync(HttpMethod.Get, "?q=this"));
    }

    [Fact]
    [Trait("Fault", "3")]
    public async Task A_recursive_or_external_schema_reference_is_rejected_and_never_fetched()
    {
        using TcpListener elsewhere = new(IPAddress.Loopback, 0);
        elsewhere.Start();
        using HttpClient http = _server.Http();
        foreach (string target in new[] { "#", $"http://{elsewhere.LocalEndpoint}/schema.json", "file:///etc/passwd" })
        {
            string schema = $$"""{"schema": "{\"$ref\": \"{{target}}\"}"}""";
            await http.RefusedAsync(HttpMethod.Post, $"crud/me/user/{fixture.NewName("s")}", schema, HttpStatusCode.BadRequest);
        }

        Assert.False(elsewhere.Pending());
        Assert.Equal("me/user", await http.DoAsync(HttpMethod.Get, "?q=this"));
    }

    [Fact]
    [Trait("Fault", "5")]
    public async Task Asking_for_an_index_reveals_nothing_without_permission()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 1, "d": 1}]""");
        for (int i = 0; i < 300; i++)
        {
            Assert.Equal("1", await http.DoAsync(HttpMethod.Get, $"{stream}/data?q=time2index&t=5"));
        }
    }

    [Fact]
    [Trait("Fault", "6")]
    public async Task Restamping_does_not_change_values()
    {
        string stream = await fixture.AddStreamAsync();
        string[] values = ["{}", """{"a":null}""", "[null]", "-0.0", "[1,null,3]", "[]"];
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Put, $"{stream}/data", $"[{string.Join(',', values.Select(v => $$"""{"t": 5, "d": {{v}}}"""))}]");
        string expected = $"[{string.Join(',', values.Select(v => $$"""{"t":5,"d":{{v}}}"""))}]";
        Assert.Equal(expected, await http.DoAsync(HttpMethod.Get, $"{stream}/data?i1=0"));
    }

    [Fact]
    [Trait("Fault", "7")]
    public async Task Deleting_a_stream_does_not_block_others()
    {
        string gone = await fixture.AddStreamAsync();
        string stays = await fixture.AddStreamAsync();
        string points = $"[{string.Join(',', Enumerable.Range(1, 300).Select(i => $$"""{"t": {{i}}, "d": {{i}}}"""))}]";
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"{gone}/data", points);
        await http.DoAsync(HttpMethod.Delete, gone);
        for (int i = 0; i < 20; i++)
        {
            await http.DoAsync(HttpMethod.Put, $"{stays}/data", points);
        }

        Assert.Equal("6000", await http.DoAsync(HttpMethod.Get, $"{stays}/data?q=length"));
    }

    [Fact]
    [Trait("Fault", "8")]
    public async Task Pages_of_other_origins_neither_read_nor_change_anything()
    {
        using HttpClient http = _server.Http();
        using HttpRequestMessage foreign = new(HttpMethod.Get, "?q=this") { Headers = { { "Origin", "https://evil.example" } } };
        using HttpResponseMessage answer = await http.SendAsync(foreign);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));

        using HttpResponseMessage login = await http.PostAsync("login", null);
        string session = Assert.Single(login.Headers.GetValues(Cookie), cookie => cookie.StartsWith("connectordb-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", session, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", session, StringComparison.OrdinalIgnoreCase);

        string[] cookies = [.. login.Headers.GetValues(Cookie).Select(cookie => cookie.Split(';')[0])];
        using HttpClient browser = new(new HttpClientHandler { UseCookies = false }) { BaseAddress = http.BaseAddress };
        browser.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies));
        Assert.Equal("me/user", await browser.DoAsync(HttpMethod.Get, "?q=this"));
        string path = $"crud/me/{fixture.NewName("d")}";
        await browser.RefusedAsync(HttpMethod.Post, path, "{}", HttpStatusCode.Forbidden);
        await browser.GetAsync("login", HttpStatusCode.Unauthorized);

        browser.DefaultRequestHeaders.Add("X-ConnectorDb-Token", cookies.Single(cookie => cookie.StartsWith("connectordb-token", StringComparison.Ordinal)).Split('=')[1]);
        await browser.DoAsync(HttpMethod.Post, path, "{}");
    }

    [Fact]
    [Trait("Fault", "9")]
    public async Task Rejected_datapoints_are_not_stored_and_stored_datapoints_are_not_rejected()
    {
        const int Megabyte = 1 << 20;
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", Points(9));
        Assert.Equal("9", await http.DoAsync(HttpMethod.Get, $"{stream}/data?q=length"));
        await http.RefusedAsync(HttpMethod.Post, $"{stream}/data", Points(11), HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("9", await http.DoAsync(HttpMethod.Get, $"{stream}/data?q=length"));

        static string Points(int count) => $"[{string.Join(',', Enumerable.Repeat($$"""{"t": 1, "d": "{{new string('x', Megabyte)}}"}""", count))}]";
    }

    [Fact]
    [Trait("Fault", "10")]
    public async Task A_new_password_ends_existing_sessions()
    {
        string user = fixture.NewName("u");
        await fixture.AddUserAsync(user, "the old password");
        using HttpClient http = _server.Http(null);
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic(user, "the old password");
        using HttpResponseMessage login = await http.PostAsync("login", null);
        using HttpClient browser = new(new HttpClientHandler { UseCookies = false }) { BaseAddress = http.BaseAddress };
        browser.DefaultRequestHeaders.Add("Cookie", login.Headers.GetValues(Cookie).Select(cookie => cookie.Split(';')[0]));
        Assert.Equal($"{user}/user", await browser.DoAsync(HttpMethod.Get, "?q=this"));

        await http.DoAsync(HttpMethod.Put, $"crud/{user}", """{"password": "the new password", "old_password": "the old password"}""");

        await browser.GetAsync("?q=this", HttpStatusCode.Unauthorized);
        await http.GetAsync("?q=this", HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("Fault", "11")]
    public async Task Passwords_are_compared_to_the_last_character()
    {
        string user = fixture.NewName("u");
        string password = new('p', 80);
        await fixture.AddUserAsync(user, password);
        using HttpClient http = _server.Http(null);
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic(user, password[..72]);
        await http.GetAsync("?q=this", HttpStatusCode.Unauthorized);
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic(user, password);
        await http.DoAsync(HttpMethod.Get, "?q=this");
    }

    [Theory]
    [Trait("Fault", "12")]
    [InlineData("GET", "", null)]
    [InlineData("PUT", "", """{"nickname": "x"}""")]
    [InlineData("POST", "/d/s", "{}")]
    [InlineData("DELETE", "", null)]
    [InlineData("GET", "/user/s/data?i1=0", null)]
    [InlineData("POST", "/user/s/data", "[]")]
    public async Task Private_and_missing_nodes_are_indistinguishable(string method, string below, string? body)
    {
        string hidden = fixture.NewName("u");
        string missing = fixture.NewName("u");
        using HttpClient own = _server.Http(await fixture.AddUserAsync(hidden));
        await own.DoAsync(HttpMethod.Post, $"crud/{hidden}/user/s", "{}");
        using HttpClient other = _server.Http(await fixture.AddUserAsync(fixture.NewName("u")));

        string ofHidden = await other.RefusedAsync(new HttpMethod(method), $"crud/{hidden}{below}", body, HttpStatusCode.NotFound);
        string ofMissing = await other.RefusedAsync(new HttpMethod(method), $"crud/{missing}{below}", body, HttpStatusCode.NotFound);
        Assert.Equal(ofMissing, ofHidden.Replace(hidden, missing, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Fault", "13")]
    public async Task Database_errors_are_not_shown_to_callers_and_are_not_reported_as_wrong_passwords()
    {
        string user = fixture.NewName("u");
        string key = await fixture.AddUserAsync(user);
        await fixture.AddUserAsync("taken");
        using HttpClient http = _server.Http(key);
        string message = await http.RefusedAsync(HttpMethod.Put, $"crud/{user}", """{"email": "taken@localhost"}""", HttpStatusCode.Conflict);
        Assert.DoesNotContain("constraint", message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("SQL", message, StringComparison.OrdinalIgnoreCase);

        await using RunningServer broken = await RunningServer.StartAsync();
        using HttpClient unlucky = broken.Http();
        broken.Engine.Dispose();
        await unlucky.GetAsync("?q=this", HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    [Trait("Fault", "14")]
    public async Task A_writer_device_cannot_change_the_email_of_its_user()
    {
        string user = fixture.NewName("u");
        using HttpClient http = _server.Http(await fixture.AddUserAsync(user));
        await http.DoAsync(HttpMethod.Post, $"crud/{user}/d", """{"role": "writer"}""");
        using HttpClient writer = _server.Http(_server.KeyOf($"{user}/d"));
        await writer.DoAsync(HttpMethod.Put, $"crud/{user}", """{"nickname": "x"}""");
        await writer.RefusedAsync(HttpMethod.Put, $"crud/{user}", """{"email": "mine@localhost"}""", HttpStatusCode.Forbidden);
    }

    [Fact]
    [Trait("Fault", "14")]
    public async Task A_device_that_its_user_may_not_edit_can_be_changed_by_itself_and_by_administrators()
    {
        string user = fixture.NewName("u");
        using HttpClient http = _server.Http(await fixture.AddUserAsync(user));
        using HttpClient admin = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"crud/{user}/d", """{"streams": {"x": {"schema": "{}", "downlink": true}}}""");
        await admin.DoAsync(HttpMethod.Put, $"crud/{user}/d", """{"user_editable": false}""");

        (HttpMethod, string, string?)[] changes =
        [
            (HttpMethod.Put, "d", """{"nickname": "mine"}"""),
            (HttpMethod.Put, "d/x", """{"nickname": "mine"}"""),
            (HttpMethod.Post, "d/y", """{"schema": "{}"}"""),
            (HttpMethod.Delete, "d/x", null),
            (HttpMethod.Delete, "d", null),
            (HttpMethod.Put, "meta", """{"visible": true}"""),
        ];
        foreach ((HttpMethod method, string path, string? body) in changes)
        {
            Assert.Contains("not editable", await http.RefusedAsync(method, $"crud/{user}/{path}", body, HttpStatusCode.Forbidden), StringComparison.Ordinal);
        }

        await http.DoAsync(HttpMethod.Post, $"crud/{user}/d/x/data", """[{"d": 1}]""");
        using HttpClient device = _server.Http(_server.KeyOf($"{user}/d"));
        await device.DoAsync(HttpMethod.Put, $"crud/{user}/d", """{"nickname": "myself"}""");
        await device.DoAsync(HttpMethod.Post, $"crud/{user}/d/y", """{"schema": "{}"}""");
        await admin.DoAsync(HttpMethod.Put, $"crud/{user}/d", """{"user_editable": true}""");
        await http.DoAsync(HttpMethod.Delete, $"crud/{user}/d");
    }
}

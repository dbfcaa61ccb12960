using System.Net;
using System.Net.Http.Headers;
using ConnectorDb.Server.Security;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Server.Tests.Web;

public sealed class LoginLinkTests
{
    private static readonly TimeSpan s_late = LoginLinks.Lifetime + TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_login_link_logs_the_owner_in_once()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        AuthenticationHeaderValue code = CodeOf(server);
        using (Browser browser = await Browser.LogInAsync(server, code))
        {
            Assert.Equal("me/user", await browser.WhoAsync());
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, code));
    }

    [Fact]
    public async Task A_login_link_ends_after_five_minutes()
    {
        FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
        await using RunningServer server = await RunningServer.StartAsync(adapt: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        AuthenticationHeaderValue code = CodeOf(server);
        clock.Advance(s_late);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, code));
    }

    [Fact]
    public async Task A_new_login_link_replaces_the_old_one()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        AuthenticationHeaderValue old = CodeOf(server);
        AuthenticationHeaderValue code = CodeOf(server);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, old));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, code));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.1")]
    [InlineData("Origin", "http://other.example")]
    [InlineData("Host", "rebound.example")]
    public async Task A_login_link_works_only_in_a_browser_on_the_machine_of_the_server(string header, string value)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        AuthenticationHeaderValue code = CodeOf(server);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, code, (header, value)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, code));
    }

    [Fact]
    public async Task A_script_of_a_page_is_refused_without_a_challenge()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http("not a key of any device");
        using HttpResponseMessage program = await http.PostAsync("login", null);
        Assert.NotEmpty(program.Headers.WwwAuthenticate);
        http.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        using HttpResponseMessage page = await http.PostAsync("login", null);
        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
        Assert.Empty(page.Headers.WwwAuthenticate);
    }

    private static AuthenticationHeaderValue CodeOf(RunningServer server)
        => new("Link", server.Services.GetRequiredService<LoginLinks>().Make([server.Address.ToString()]).Split('/')[^1]);

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, AuthenticationHeaderValue code, params (string Name, string Value)[] headers)
    {
        using HttpClient http = server.Http(null);
        http.DefaultRequestHeaders.Authorization = code;
        foreach ((string name, string value) in headers)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await http.PostAsync("login", null);
        return response.StatusCode;
    }
}

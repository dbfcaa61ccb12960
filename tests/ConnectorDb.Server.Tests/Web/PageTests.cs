using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using ConnectorDb.Server.Tests.Support;
using ConnectorDb.Server.Web;

namespace ConnectorDb.Server.Tests.Web;

public sealed class PageTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Files_of_the_page_stay_in_the_cache_and_the_page_is_asked_for_again()
    {
        using HttpClient http = Browser();
        using HttpResponseMessage page = await http.GetAsync("/");
        Assert.Equal("no-cache", page.Headers.CacheControl!.ToString());
        string text = await page.Content.ReadAsStringAsync();
        foreach (Match file in Regex.Matches(text, "\"(web/[^\"]+)\""))
        {
            using HttpResponseMessage answer = await http.GetAsync("/" + file.Groups[1].Value);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }

        http.DefaultRequestHeaders.IfNoneMatch.Add(page.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await http.GetAsync("/")).StatusCode);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task The_compressed_page_is_the_page(string encoding)
    {
        using HttpClient plain = Browser();
        using HttpClient compressed = new(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.Brotli | DecompressionMethods.GZip }) { BaseAddress = fixture.Server.Address };
        compressed.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        compressed.DefaultRequestHeaders.AcceptEncoding.ParseAdd(encoding);
        Assert.Equal(await plain.GetStringAsync("/"), await compressed.GetStringAsync("/"));
        plain.DefaultRequestHeaders.AcceptEncoding.ParseAdd(encoding);
        using HttpResponseMessage answer = await plain.GetAsync("/");
        Assert.Equal(encoding, Assert.Single(answer.Content.Headers.ContentEncoding));
    }

    /// <summary>Bytes of bodies: of all scripts and styles, and of those before the chart library. Most browsers take gzip only, over a network without encryption.</summary>
    [Fact]
    public async Task The_page_and_its_chart_library_are_small_over_the_wire()
    {
        using HttpClient http = Browser();
        string page = await http.GetStringAsync("/");
        string folder = Regex.Match(page, "web/[0-9a-f]+/").Value;
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        Dictionary<string, int> sizes = [];
        foreach (string name in PageFiles.Names)
        {
            sizes[name] = (await http.GetByteArrayAsync($"/{folder}{name}")).Length;
        }

        Assert.InRange(sizes["echarts.js"], 1, 170_000);
        Assert.InRange(sizes.Values.Sum() - sizes["echarts.js"], 1, 62_000);
    }

    [Fact]
    public async Task The_page_runs_no_script_of_others_and_is_framed_by_nobody()
    {
        using HttpClient http = Browser();
        using HttpResponseMessage page = await http.GetAsync("/");
        string policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
    }

    [Theory]
    [InlineData("/web/000000000000/app.js")]
    [InlineData("/web/x/..%2f..%2fappsettings.json")]
    public async Task Files_of_another_version_are_not_found(string path)
    {
        using HttpClient http = Browser();
        await http.GetAsync(path, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Without_the_page_browsers_get_what_programs_get()
    {
        await using RunningServer server = await RunningServer.StartAsync("--no-web");
        using HttpClient http = server.Http(null);
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        Assert.Contains("\"api\"", await http.DoAsync(HttpMethod.Get, "/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_path_prefix_the_cookies_belong_to_it()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --proxies=127.0.0.1");
        using HttpClient http = server.Http();
        http.DefaultRequestHeaders.Add("X-Forwarded-Prefix", "/house");
        using HttpResponseMessage plain = await http.PostAsync("login", null);
        Assert.All(plain.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("path=/house;", cookie, StringComparison.Ordinal));

        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using HttpResponseMessage secure = await http.PostAsync("login", null);
        Assert.All(secure.Headers.GetValues("Set-Cookie"), cookie => Assert.StartsWith("__Secure-connectordb-", cookie, StringComparison.Ordinal));
        http.DefaultRequestHeaders.Authorization = null;
        http.DefaultRequestHeaders.Add("Cookie", string.Join("; ", secure.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])));
        Assert.Equal("me/user", await http.DoAsync(HttpMethod.Get, "?q=this"));
    }

    private HttpClient Browser()
    {
        HttpClient http = new() { BaseAddress = fixture.Server.Address };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return http;
    }
}

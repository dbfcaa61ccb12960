using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Security;

public sealed class HeaderTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("?q=this")]
    [InlineData("crud/nobodyhere")]
    [InlineData("/health")]
    [InlineData("/no/such/path")]
    public async Task Every_answer_tells_browsers_to_keep_and_run_nothing_of_it(string path)
    {
        using HttpClient http = fixture.Server.Http(null);
        using HttpResponseMessage response = await http.GetAsync(path);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("S/data?i1=0", "*/*", "application/json; charset=utf-8")]
    [InlineData("S/data?i1=0", "text/csv", "text/csv; charset=utf-8; header=present")]
    [InlineData("S", "*/*", "application/json; charset=utf-8")]
    [InlineData("crud/nobodyhere", "text/html", "application/json; charset=utf-8")]
    [InlineData("FEED", "*/*", "application/atom+xml; charset=utf-8")]
    public async Task Every_body_has_its_type_and_encoding(string path, string accept, string expected)
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = fixture.Server.Http();
        http.DefaultRequestHeaders.Add("Accept", accept);
        string address = path == "FEED" ? $"feed{stream["crud".Length..]}.atom" : path.StartsWith('S') ? stream + path[1..] : path;
        using HttpResponseMessage response = await http.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(expected, response.Content.Headers.ContentType?.ToString());
    }
}

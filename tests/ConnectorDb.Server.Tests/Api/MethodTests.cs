using System.Net;
using ConnectorDb.Server.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorDb.Server.Tests.Api;

public sealed class MethodTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("PATCH", "crud/me/user", "DELETE, GET, HEAD, POST, PUT")]
    [InlineData("DELETE", "query/merge", "POST")]
    [InlineData("HEAD", "login", "GET, POST")]
    [InlineData("HEAD", "logout", "GET, POST")]
    [InlineData("POST", "openapi.json", "GET, HEAD")]
    [InlineData("GET", "datapoints", "POST, PUT")]
    public async Task A_method_that_a_path_does_not_have_is_answered_with_the_others(string method, string path, string allowed)
    {
        using HttpClient http = fixture.Server.Http();
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        using HttpResponseMessage answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/metrics", 200)]
    [InlineData("/metrics/streams", 200)]
    [InlineData("/items/", 404)]
    [InlineData("?q=this", 200)]
    [InlineData("?q=nonsense", 400)]
    [InlineData("openapi.json", 200)]
    [InlineData("meta/transforms", 200)]
    [InlineData("sessions", 200)]
    [InlineData("crud?q=ls", 200)]
    [InlineData("crud/me", 200)]
    [InlineData("crud/me/user", 200)]
    [InlineData("crud/me/nowhere", 404)]
    [InlineData("{stream}", 200)]
    [InlineData("{stream}/data?i1=0", 200)]
    [InlineData("{stream}/data?i1=0&transform=nonsense(", 400)]
    [InlineData("{stream}/data?q=length", 200)]
    [InlineData("{stream}/data?q=chart&columns=9", 200)]
    [InlineData("feed/{stream}", 200)]
    public async Task HEAD_is_answered_as_GET_without_a_body(string path, int status)
    {
        using HttpClient http = fixture.Server.Http();
        string stream = await fixture.AddStreamAsync();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 1, "d": 1}]""");
        path = path.Replace("feed/{stream}", stream.Replace("crud", "feed", StringComparison.Ordinal), StringComparison.Ordinal).Replace("{stream}", stream, StringComparison.Ordinal);
        using HttpResponseMessage get = await http.GetAsync(path);
        using HttpResponseMessage head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal((status, status), ((int)get.StatusCode, (int)head.StatusCode));
        Assert.Equal("", await head.Content.ReadAsStringAsync());
        Assert.Equal(HeadersOf(get), HeadersOf(head));
        if (get.Headers.ETag is { } tag)
        {
            using HttpRequestMessage again = new(HttpMethod.Head, path) { Headers = { IfNoneMatch = { tag } } };
            Assert.Equal(HttpStatusCode.NotModified, (await http.SendAsync(again)).StatusCode);
        }
    }

    [Fact]
    public void Each_path_with_GET_has_HEAD_unless_it_changes_something_or_InfluxDB_has_none()
    {
        IEnumerable<string> without =
            from endpoint in fixture.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
            where methods.Contains("GET") && !methods.Contains("HEAD")
            select endpoint.RoutePattern.RawText;
        Assert.Equal(["/api/v1/login", "/api/v1/logout", "/api/v1/websocket", "/query"], without.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task HEAD_by_session_needs_no_token()
    {
        using Browser browser = await Browser.LogInAsync(fixture.Server, RunningServer.Basic("", fixture.Server.OwnerKey));
        using HttpResponseMessage head = await browser.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "crud/me"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Fact]
    public async Task A_path_that_there_is_not_is_not_found_by_any_method()
    {
        using HttpClient http = fixture.Server.Http();
        await http.RefusedAsync(HttpMethod.Delete, "what/ever/is/here.txt", null, HttpStatusCode.NotFound);
        await http.RefusedAsync(HttpMethod.Patch, "/what", null, HttpStatusCode.NotFound);
    }

    /// <summary>The headers that tell of the content; the length of a body that is sent in chunks is in none.</summary>
    private static string HeadersOf(HttpResponseMessage answer) => string.Join('\n', answer.Headers.Concat(answer.Content.Headers)
        .Where(header => header.Key is not ("Date" or "Transfer-Encoding") && !(header.Key == "Content-Length" && answer.Headers.TransferEncodingChunked == true))
        .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"));
}

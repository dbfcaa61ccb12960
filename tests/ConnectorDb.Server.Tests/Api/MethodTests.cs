using System.Net;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Api;

public sealed class MethodTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("PATCH", "crud/me/user", "DELETE, GET, POST, PUT")]
    [InlineData("DELETE", "query/merge", "POST")]
    [InlineData("HEAD", "meta/version", "GET")]
    [InlineData("POST", "openapi.json", "GET")]
    [InlineData("GET", "datapoints", "POST, PUT")]
    public async Task A_method_that_a_path_does_not_have_is_answered_with_the_others(string method, string path, string allowed)
    {
        using HttpClient http = fixture.Server.Http();
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        using HttpResponseMessage answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_path_that_there_is_not_is_not_found_by_any_method()
    {
        using HttpClient http = fixture.Server.Http();
        await http.RefusedAsync(HttpMethod.Delete, "what/ever/is/here.txt", null, HttpStatusCode.NotFound);
        await http.RefusedAsync(HttpMethod.Patch, "/what", null, HttpStatusCode.NotFound);
    }
}

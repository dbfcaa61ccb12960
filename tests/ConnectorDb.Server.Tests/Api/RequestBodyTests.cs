using System.Net;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Api;

public sealed class RequestBodyTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>More than the buffers of two sockets hold beyond the limit, so that a client cannot send it all unless the server reads it.</summary>
    private const int Size = 40 << 20;

    [Theory]
    [InlineData("POST", "/data", true)]
    [InlineData("PUT", "", true)]
    [InlineData("PUT", "", false)]
    public async Task A_client_that_sends_more_than_the_limit_sees_the_answer_and_keeps_its_connection(string method, string suffix, bool isChunked)
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = fixture.Server.Http();
        using HttpRequestMessage request = new(new HttpMethod(method), stream + suffix) { Content = Answered.Json($"[{new string(' ', Size)}]") };
        request.Headers.TransferEncodingChunked = isChunked;
        using HttpResponseMessage response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("--body-limit", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEqual(true, response.Headers.ConnectionClose);
    }
}

using System.Net;
using System.Text;
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

    [Theory]
    [InlineData("application/json; charset=iso-8859-1", false)]
    [InlineData("text/plain; charset=\"UTF-16\"", false)]
    [InlineData("application/json; charset=utf8", true)]
    [InlineData("text/plain; charset=\"UTF-8\"", true)]
    [InlineData("text/plain; charset=us-ascii", true)]
    [InlineData("no media type", true)]
    public async Task A_body_in_another_charset_than_UTF_8_is_refused(string type, bool isRead)
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = fixture.Server.Http();
        foreach ((HttpMethod method, string path, string body) in new[] { (HttpMethod.Post, $"{stream}/data", "5"), (HttpMethod.Put, stream, """{"nickname": "n"}""") })
        {
            using HttpRequestMessage request = new(method, path) { Content = new ByteArrayContent(Encoding.Latin1.GetBytes(body)) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            using HttpResponseMessage response = await http.SendAsync(request);
            Assert.Equal(isRead ? HttpStatusCode.OK : HttpStatusCode.UnsupportedMediaType, response.StatusCode);
            Assert.Equal(!isRead, (await response.Content.ReadAsStringAsync()).Contains("Send it as UTF-8", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF\r\n7\r\n0\r\n\r\n")]
    [InlineData("7FFFFFFFFFFFFFFF\r\n7\r\n0\r\n\r\n")]
    [InlineData("80000000\r\n7\r\n0\r\n\r\n")]
    [InlineData("zz\r\n7\r\n0\r\n\r\n")]
    [InlineData("-1\r\n7\r\n0\r\n\r\n")]
    [InlineData("1\r\n7 \r\n0\r\n\r\n")]
    public async Task A_body_with_malformed_chunks_is_refused(string body)
    {
        string stream = await fixture.AddStreamAsync();

        string answer = await RawRequest.SendAsync(
            fixture.Server,
            $"POST /api/v1/{stream}/data HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {fixture.Server.OwnerKey}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n{body}");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
    }
}

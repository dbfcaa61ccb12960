using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Addresses and headers that are too long, but not so long that Kestrel refuses them without a body.</summary>
public sealed class RequestHeadTests
{
    /// <summary>HttpClient would send both in one line.</summary>
    [Theory]
    [InlineData("X-ConnectorDb-Insert-Id")]
    [InlineData("Idempotency-Key")]
    public async Task Two_insert_ids_are_not_one(string header)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/crud/me/user/s/data HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.OwnerKey}\r\n{header}: a\r\n{header}: b\r\nContent-Length: 1\r\n\r\n5"));
        using StreamReader answer = new(client.GetStream(), Encoding.ASCII);
        Assert.Equal("HTTP/1.1 400 Bad Request", await answer.ReadLineAsync());
        Assert.Equal("0", await http.DoAsync(HttpMethod.Get, "crud/me/user/s/data?q=length"));
    }

    [Fact]
    public async Task A_long_address_and_long_headers_are_refused_with_the_reason_as_JSON()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await RefusedAsync($"crud/me/user/s/data?i1=0&transform={new string('x', 9000)}", 0, HttpStatusCode.RequestUriTooLong, "more than 8192 bytes");
        await RefusedAsync("crud/me", 33_000, HttpStatusCode.RequestHeaderFieldsTooLarge, "more than 32768 bytes");
        await http.DoAsync(HttpMethod.Get, "crud/me");

        async Task RefusedAsync(string address, int header, HttpStatusCode status, string reason)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            request.Headers.Add("X-Long", new string('x', header));
            using HttpResponseMessage response = await http.SendAsync(request);
            Assert.Equal((status, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            JsonElement error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            Assert.Contains(reason, error.GetProperty("msg").GetString(), StringComparison.Ordinal);
        }
    }
}

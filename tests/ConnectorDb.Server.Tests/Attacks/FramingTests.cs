using System.Net;
using System.Net.Sockets;
using System.Text;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Requests whose end two programs could see at different places. Behind a proxy, the rest of one would be the request of another caller.</summary>
public sealed class FramingTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Smuggled = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";

    /// <summary>Refused by the server itself, with the reason.</summary>
    [Theory]
    [InlineData("1.1", "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", 400, "Send one of them")]
    [InlineData("1.1", "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", 400, "Send one of them")]
    [InlineData("1.1", "Transfer-Encoding: gzip, chunked\r\n", 501, "Content-Encoding: gzip")]
    [InlineData("1.1", "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", 501, "Content-Encoding: gzip")]
    [InlineData("1.1", "Transfer-Encoding: identity, chunked\r\n", 501, "Content-Encoding: gzip")]
    [InlineData("1.1", "Transfer-Encoding: chunked, chunked\r\n", 400, "Send it once")]
    [InlineData("1.1", "Transfer-Encoding: chunked\r\nTransfer-Encoding: Chunked\r\n", 400, "Send it once")]
    [InlineData("1.0", "Transfer-Encoding: chunked\r\n", 400, "use HTTP/1.1")]
    [InlineData("1.0", "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", 400, "use HTTP/1.1")]
    public async Task A_body_with_two_ends_is_refused_with_the_reason(string version, string headers, int status, string reason)
    {
        string answer = await SendAsync(version, headers, $"0\r\n\r\n{Smuggled}");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains(reason, answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Healthy", answer, StringComparison.Ordinal);
    }

    /// <summary>Refused by Kestrel, before there is a request that the server could give a reason for.</summary>
    [Theory]
    [InlineData("Content-Length: +3\r\n")]
    [InlineData("Content-Length: -3\r\n")]
    [InlineData("Content-Length: 3, 3\r\n")]
    [InlineData("Content-Length: 0x3\r\n")]
    [InlineData("Content-Length: 3 3\r\n")]
    [InlineData("Content-Length: \r\n")]
    [InlineData("Content-Length: 99999999999999999999999999\r\n")]
    [InlineData("Content-Length: 3\r\nContent-Length: 3\r\n")]
    [InlineData("Content-Length: 3\r\nContent-Length: 4\r\n")]
    [InlineData("Content-Length : 3\r\n")]
    [InlineData(" Content-Length: 3\r\n")]
    [InlineData("X: y\r\n Content-Length: 3\r\n")]
    [InlineData("Transfer-Encoding: chunked, gzip\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n")]
    [InlineData("Transfer-Encoding: chunked;x=y\r\n")]
    [InlineData("Transfer-Encoding : chunked\r\n")]
    [InlineData("Transfer-Encoding: \u000bchunked\r\n")]
    [InlineData("Host: y\r\n")]
    public async Task A_length_that_is_none_is_refused(string headers)
    {
        string answer = await SendAsync("1.1", headers, $"0\r\n\r\n{Smuggled}");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Healthy", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 3\r\n", "5  ")]
    [InlineData("Content-Length: 003\r\n", "5  ")]
    [InlineData("Transfer-Encoding: chunked\r\n", "1\r\n5\r\n0\r\n\r\n")]
    [InlineData("transfer-encoding: Chunked\r\n", "1;a=b\r\n5\r\n0\r\nX: y\r\n\r\n")]
    [InlineData("Transfer-Encoding: ,chunked\r\n", "1\r\n5\r\n0\r\n\r\n")]
    public async Task A_body_with_one_end_is_read_and_the_connection_goes_on(string headers, string body)
    {
        string answer = await SendAsync("1.1", headers, body + Smuggled.Replace("Host", "Connection: close\r\nHost", StringComparison.Ordinal));
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("Healthy", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1;\n5\r\n0\r\n\r\n")]
    [InlineData("1\n5\r\n0\r\n\r\n")]
    [InlineData("1\r\n5\n0\r\n\r\n")]
    [InlineData("0x1\r\n5\r\n0\r\n\r\n")]
    [InlineData("+1\r\n5\r\n0\r\n\r\n")]
    public async Task A_chunk_that_ends_otherwise_than_the_standard_says_is_refused(string body)
        => Assert.StartsWith("HTTP/1.1 400 ", await SendAsync("1.1", "Connection: close\r\nTransfer-Encoding: chunked\r\n", body + Smuggled), StringComparison.Ordinal);

    [Theory]
    [InlineData("Content-Length: 1000000\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\n", "1\r\n5\r\n")]
    public async Task The_connection_of_a_refused_body_that_does_not_end_is_closed(string headers, string body)
    {
        FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddYears(40));
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0", builder => builder.Services.AddSingleton<TimeProvider>(clock));
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/crud/me/user/s/data HTTP/1.1\r\nHost: x\r\n{headers}\r\n{body}"));
        using StreamReader reader = new(client.GetStream(), Encoding.ASCII);
        Assert.Equal("HTTP/1.1 401 Unauthorized", await reader.ReadLineAsync());

        Task end = EndAsync(reader);
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        while (!end.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private static async Task EndAsync(StreamReader reader)
    {
        try
        {
            await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            // The server has reset the connection.
        }
    }

    private async Task<string> SendAsync(string version, string headers, string body)
    {
        string stream = await fixture.AddStreamAsync();
        return await RawRequest.SendAsync(
            fixture.Server,
            $"POST /api/v1/{stream}/data HTTP/{version}\r\nHost: x\r\nAuthorization: Bearer {fixture.Server.OwnerKey}\r\n{headers}\r\n{body}");
    }
}

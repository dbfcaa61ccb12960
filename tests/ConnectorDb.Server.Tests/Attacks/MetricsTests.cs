using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>An attacker invents methods and paths, so that the metrics grow.</summary>
public sealed class MetricsTests
{
    private const int Requests = 20_000;
    private const int PerWrite = 100;

    [Fact]
    public async Task Invented_methods_and_paths_leave_no_labels()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http(null);
        await http.SendAsync(HttpMethod.Get, "/a");
        await SendAsync(server, 0, PerWrite);
        int before = (await http.DoAsync(HttpMethod.Get, "/metrics")).Length;

        await SendAsync(server, PerWrite, Requests);

        string metrics = await http.DoAsync(HttpMethod.Get, "/metrics");
        Assert.InRange(metrics.Length, 0, before + 4096);
        Assert.DoesNotContain("M1", metrics, StringComparison.Ordinal);
        Assert.Contains("method=\"other\"", metrics, StringComparison.Ordinal);
    }

    private static async Task SendAsync(RunningServer server, int from, int to)
    {
        using TcpClient tcp = new();
        await tcp.ConnectAsync(server.Address.Host, server.Address.Port);
        NetworkStream stream = tcp.GetStream();
        Task drain = stream.CopyToAsync(Stream.Null);
        for (int i = from; i < to; i += PerWrite)
        {
            StringBuilder text = new();
            for (int j = i; j < i + PerWrite; j++)
            {
                text.Append(CultureInfo.InvariantCulture, $"M{j} /p{j} HTTP/1.1\r\nHost: x\r\n{(j == to - 1 ? "Connection: close\r\n" : "")}\r\n");
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(text.ToString()));
        }

        await drain;
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Hosting;

public sealed class StopTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_running_request_completes_before_the_server_stops_and_its_data_is_on_disk()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        const string Body = """[{"t": 1, "d": "late"}]""";
        using TcpClient connection = new();
        await connection.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await using NetworkStream stream = connection.GetStream();
        string head = $"POST /api/v1/crud/me/user/s/data HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {RunningServer.Basic("", server.OwnerKey)}\r\nExpect: 100-continue\r\nContent-Length: {Body.Length}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        using StreamReader reader = new(stream);
        Assert.Contains("100 Continue", await reader.ReadLineAsync().WaitAsync(s_patience), StringComparison.Ordinal);

        Task stopping = server.StopAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Body));
        string answer = await reader.ReadToEndAsync().WaitAsync(s_patience);
        await stopping.WaitAsync(s_patience);

        Assert.Contains("200 OK", answer, StringComparison.Ordinal);
        await using ICdbClient store = EmbeddedClient.Open(new EmbeddedOptions { Path = server.StorePath, KeyFolder = server.KeyFolder });
        Assert.Equal("late", (await store.LastAsync(CdbPath.Parse("me/user/s"), CancellationToken.None))!.Data);
    }
}

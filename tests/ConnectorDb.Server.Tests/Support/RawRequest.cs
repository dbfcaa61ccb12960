using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ConnectorDb.Server.Tests.Support;

/// <summary>Requests as bytes, which HttpClient does not send.</summary>
internal static class RawRequest
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>Sends the bytes and returns all that the server sends before it closes the connection.</summary>
    public static async Task<string> SendAsync(RunningServer server, string request)
    {
        using CancellationTokenSource patience = new(s_patience);
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port, patience.Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), patience.Token);
        using StreamReader answer = new(client.GetStream(), Encoding.ASCII);
        return await answer.ReadToEndAsync(patience.Token);
    }
}

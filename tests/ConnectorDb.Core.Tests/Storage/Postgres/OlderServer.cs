using System.Net;
using System.Net.Sockets;

namespace ConnectorDb.Core.Tests.Storage.Postgres;

/// <summary>Passes connections on to a PostgreSQL, and gives its version as 14, which the newest Debian does not have.</summary>
internal sealed class OlderServer : IDisposable
{
    private static readonly byte[] s_setting = "server_version\0"u8.ToArray();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private readonly Task _accepting;

    public OlderServer(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _listener.Dispose();
        _accepting.GetAwaiter().GetResult();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                using TcpClient server = new();
                await server.ConnectAsync(IPAddress.Loopback, _server);
                await Task.WhenAny(PassAsync(client, server), PassAsync(server, client));
            }
        }
        catch (Exception error) when (error is SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private static async Task PassAsync(TcpClient from, TcpClient to)
    {
        byte[] buffer = new byte[16 << 10];
        while (await from.GetStream().ReadAsync(buffer) is var count and > 0)
        {
            if (buffer.AsSpan(0, count).IndexOf(s_setting) is >= 0 and var at)
            {
                "14"u8.CopyTo(buffer.AsSpan(at + s_setting.Length));
            }

            await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace ConnectorDb.Server.Tests.Support;

/// <summary>
/// A TCP proxy that breaks connections at random: some after a number of bytes of the request, some after a number of bytes of the
/// response, as if a cable had been pulled.
/// </summary>
public sealed class CuttingProxy : IDisposable
{
    private const int LongestStretch = 3000;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly Random _random;

    public CuttingProxy(Uri server, int seed)
    {
        _server = new IPEndPoint(IPAddress.Loopback, server.Port);
        _random = new Random(seed);
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The share of connections to break, from 0 to 1; at 0 even selected connections stay.</summary>
    public double Cuts { get; set; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => PassAsync(client));
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using TcpClient here = client;
        using TcpClient there = new();
        (int up, int down) = Lengths();
        try
        {
            await there.ConnectAsync(_server);
            await await Task.WhenAny(CopyAsync(here, there, up), CopyAsync(there, here, down));
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            // A broken connection needs no report.
        }

        here.LingerState = new LingerOption(true, 0);
    }

    private (int Up, int Down) Lengths()
    {
        lock (_random)
        {
            bool isCut = _random.NextDouble() < Cuts;
            return !isCut ? (int.MaxValue, int.MaxValue)
                : _random.Next(2) == 0 ? (_random.Next(LongestStretch), int.MaxValue)
                : (int.MaxValue, _random.Next(LongestStretch));
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, int most)
    {
        byte[] buffer = new byte[4096];
        int read;
        while (most > 0 && (read = await from.GetStream().ReadAsync(buffer)) > 0)
        {
            most = Cuts == 0 ? int.MaxValue : most;
            await to.GetStream().WriteAsync(buffer.AsMemory(0, Math.Min(read, most)));
            most -= Math.Min(read, most);
        }
    }
}

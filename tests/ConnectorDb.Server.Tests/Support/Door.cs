using System.Net;
using System.Net.Sockets;

namespace ConnectorDb.Server.Tests.Support;

/// <summary>A TCP proxy that can be closed; then it resets open connections and refuses new ones.</summary>
internal sealed class Door : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly SemaphoreSlim _turnedAway = new(0);
    private readonly Task _accepting;
    private volatile bool _isShut;
    private CancellationTokenSource _passing = new();

    private Door(Uri server)
    {
        _server = new IPEndPoint(IPAddress.Loopback, server.Port);
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
    }

    public static Door To(Uri server) => new(server);

    public Uri Address { get; }

    /// <summary>Closes the proxy and waits until it has refused the given number of connections.</summary>
    public async Task ShutAsync(int turnedAway)
    {
        _isShut = true;
        await _passing.CancelAsync();
        for (int i = 0; i < turnedAway; i++)
        {
            Assert.True(await _turnedAway.WaitAsync(s_patience));
        }
    }

    public void Open()
    {
        _passing = new CancellationTokenSource();
        _isShut = false;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _passing.CancelAsync();
        await _accepting;
        _turnedAway.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> passing = [];
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                if (_isShut)
                {
                    client.Dispose();
                    _turnedAway.Release();
                }
                else
                {
                    passing.Add(PassAsync(client, _passing.Token));
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(TcpClient client, CancellationToken shut)
    {
        using TcpClient here = client;
        using TcpClient there = new();
        try
        {
            await there.ConnectAsync(_server, shut);
            await await Task.WhenAny(here.GetStream().CopyToAsync(there.GetStream(), shut), there.GetStream().CopyToAsync(here.GetStream(), shut));
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            // One side has closed or reset the connection.
        }
    }
}

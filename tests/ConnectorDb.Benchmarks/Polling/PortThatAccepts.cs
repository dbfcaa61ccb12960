using System.Net;
using System.Net.Sockets;

namespace ConnectorDb.Benchmarks.Polling;

/// <summary>A port of this machine that accepts connections and closes them.</summary>
internal sealed class PortThatAccepts : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public PortThatAccepts()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Number => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using Socket accepted = await _listener.AcceptSocketAsync();
            }
        }
        catch (SocketException)
        {
            // It was closed.
        }
    }
}

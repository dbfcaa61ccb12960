using System.Net;
using System.Net.Sockets;

namespace ConnectorDb.Core.Tests.Support;

/// <summary>A port of loopback that refuses connections: it is taken, so that nobody else comes to listen there, and nobody does listen.</summary>
public sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    /// <summary>Address and port.</summary>
    public string Authority => _socket.LocalEndPoint!.ToString()!;

    public void Dispose() => _socket.Dispose();
}

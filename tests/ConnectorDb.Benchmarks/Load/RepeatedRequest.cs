using System.Diagnostics;
using System.Net.Sockets;

namespace ConnectorDb.Benchmarks.Load;

/// <summary>The same request again and again on one connection. The caller waits for the answers.</summary>
internal sealed class RepeatedRequest(Uri address, string? authorization, string body) : IDisposable
{
    private readonly RawConnection _connection = new(address);
    private readonly byte[] _request = RawConnection.Request(address, authorization, body);
    private long _sent;

    public Socket Socket => _connection.Socket;

    public void Send()
    {
        _sent = Stopwatch.GetTimestamp();
        _connection.Send(_request);
    }

    /// <returns>The ticks since it was sent.</returns>
    public long Receive()
    {
        _connection.Receive();
        return Stopwatch.GetTimestamp() - _sent;
    }

    public void Dispose() => _connection.Dispose();
}

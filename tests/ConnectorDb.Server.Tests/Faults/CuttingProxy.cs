using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace ConnectorDb.Server.Tests.Faults;

/// <summary>
/// A loopback TCP proxy between a client and a server that cuts nearly every connection: after some bytes of the request or of the
/// response, by a close or a reset, some after a delay.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private const int LongestLife = 6000;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly IPEndPoint _server;
    private readonly Random _chance;
    private readonly Task _accepting;
    private CancellationTokenSource _cable = new();
    private int _cuts;

    private CuttingProxy(Uri server, int seed)
    {
        _server = new IPEndPoint(IPAddress.Loopback, server.Port);
        _chance = new Random(seed);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <param name="seed">Selects the connections and positions of the cuts.</param>
    public static CuttingProxy Start(Uri server, int seed) => new(server, seed);

    public Uri Address { get; }

    /// <summary>The number of connections cut so far.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Stops cutting.</summary>
    public bool IsKind { get; set; }

    /// <summary>Cuts all open connections, because one with little traffic may live for minutes.</summary>
    public void PullCable()
    {
        Interlocked.Exchange(ref _cable, new CancellationTokenSource()).Cancel();
        Interlocked.Increment(ref _cuts);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _cable.Dispose();
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_closing.Token);
                Fate fate = new(_chance.Next(LongestLife), _chance.Next(2) == 0, _chance.Next(2) == 0, _chance.Next(10) == 0 ? _chance.Next(20) : 0);
                connections.Add(ServeAsync(client, fate, _cable.Token));
                connections.RemoveAll(connection => connection.IsCompleted);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client, Fate fate, CancellationToken pulled)
    {
        using TcpClient server = new();
        using (client)
        {
            try
            {
                client.NoDelay = server.NoDelay = true;
                await server.ConnectAsync(_server, _closing.Token);
                using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, pulled);
                Task up = PumpAsync(client, server, fate.IsInRequest ? fate.Life : long.MaxValue, fate.Delay, over.Token);
                Task down = PumpAsync(server, client, fate.IsInRequest ? long.MaxValue : fate.Life, fate.Delay, over.Token);
                await Task.WhenAny(up, down);
                if (fate.IsRude)
                {
                    client.LingerState = server.LingerState = new LingerOption(true, 0);
                }

                await over.CancelAsync();
                client.Close();
                server.Close();
                await Task.WhenAll(up, down);
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side has closed the connection.
            }
        }
    }

    /// <summary>Forwards at most the given number of bytes, or until one side closes.</summary>
    private async Task PumpAsync(TcpClient from, TcpClient to, long life, int delay, CancellationToken over)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(2048);
        try
        {
            NetworkStream source = from.GetStream();
            NetworkStream target = to.GetStream();
            while (await source.ReadAsync(buffer, over) is var count and > 0)
            {
                bool isLast = count >= life && !IsKind;
                await target.WriteAsync(buffer.AsMemory(0, isLast ? (int)life : count), over);
                life -= count;
                if (isLast)
                {
                    Interlocked.Increment(ref _cuts);
                    return;
                }

                if (delay > 0)
                {
                    await Task.Delay(delay, over);
                }
            }
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has closed the connection.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The fate of one connection.</summary>
    /// <param name="Life">The number of bytes to forward.</param>
    /// <param name="IsInRequest">Bytes are counted in the request; otherwise in the response.</param>
    /// <param name="IsRude">Cuts with a TCP reset.</param>
    /// <param name="Delay">Delay of each piece in milliseconds.</param>
    private readonly record struct Fate(int Life, bool IsInRequest, bool IsRude, int Delay);
}

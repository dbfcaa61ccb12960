using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

/// <summary>A Modbus TCP device with 1,000 registers and bits, on a port of this machine.</summary>
internal sealed class ModbusDevice : IDisposable
{
    private const int Size = 1000;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ModbusDevice()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Authority => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The holding registers; the input registers are one more each.</summary>
    public ushort[] Registers { get; } = new ushort[Size];

    /// <summary>The coils; the discrete inputs are their opposites.</summary>
    public bool[] Coils { get; } = new bool[Size];

    public int Connections { get; private set; }

    /// <summary>Changes an answer before it is sent; null closes the connection instead.</summary>
    public Func<byte[], byte[]?> Change { get; set; } = answer => answer;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                Connections++;
                _ = Task.Run(() => ServeAsync(client));
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient closing = client;
        try
        {
            byte[] request = new byte[12];
            while (true)
            {
                await client.GetStream().ReadExactlyAsync(request);
                if (Change(Answer(request)) is not { } answer)
                {
                    return;
                }

                await client.GetStream().WriteAsync(answer);
            }
        }
        catch (IOException)
        {
            // The client went away.
        }
    }

    private byte[] Answer(byte[] request)
    {
        int address = BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(8));
        int count = BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(10));
        byte[] data = request[6] != 1 ? [(byte)(request[7] | 0x80), 11]
            : address + count > Size ? [(byte)(request[7] | 0x80), 2]
            : request[7] <= 2 ? [request[7], 1, (byte)(Coils[address] == (request[7] == 1) ? 1 : 0)]
            : [request[7], (byte)(2 * count), .. Registers.AsSpan(address, count).ToArray().Select(value => (ushort)(value + request[7] - 3)).SelectMany(value => (byte[])[(byte)(value >> 8), (byte)value])];
        return [.. request.AsSpan(0, 4), 0, (byte)(data.Length + 1), request[6], .. data];
    }
}

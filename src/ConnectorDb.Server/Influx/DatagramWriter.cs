using System.Net;
using System.Net.Sockets;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Influx;
using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Influx;

/// <summary>
/// Stores points in line protocol that come as UDP datagrams, such as those of collectd, in streams of one device. The sender gets no response: datagrams
/// that the system drops are lost, and points that are refused are told in the log.
/// </summary>
internal sealed class DatagramWriter(ServerOptions options, CdbEngine engine, PointWriter points, SeriesCache series, TimeProvider time, ILogger<DatagramWriter> log) : BackgroundService
{
    private const int MaxDatagram = 64 << 10;

    /// <summary>The bytes of datagrams that are stored in one commit, if so many wait.</summary>
    private const int MaxBatch = 1 << 20;

    /// <summary>Datagrams wait here while others are stored. The system may give less.</summary>
    private const int ReceiveBuffer = 8 << 20;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly DatagramRefusals _refusals = new(time);
    private readonly long _precision = Precision.Of(options.UdpPrecision) ?? throw Invalid("--udp-precision", options.UdpPrecision, "Use ns, us, ms, s, m or h; collectd sends ms.");
    private readonly CdbPath _device = DeviceOf(options.UdpDevice);
    private Socket? _socket;

    /// <summary>The address at which it listens.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_socket!.LocalEndPoint!;

    /// <exception cref="CdbException">The settings are not valid, the device does not exist, or the address cannot be used.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        IPEndPoint address = AddressOf(options.UdpAddress!);
        engine.LoginAs(_device, cancellationToken);
        Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = ReceiveBuffer };
        try
        {
            socket.Bind(address);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new NotAvailableException($"--udp-address: the server cannot listen at '{address}': {error.Message}. Use an address of this machine and a port that no other program uses.", options.UdpAddress, error);
        }

        _socket = socket;
        log.TakesDatagrams(EndPoint, _device.ToString());
        if (!IPAddress.IsLoopback(address.Address))
        {
            log.DatagramsFromOthers(EndPoint, _device.ToString());
        }

        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _socket?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        byte[] buffer = new byte[MaxBatch + MaxDatagram + 1];
        try
        {
            while (true)
            {
                int used = await ReceiveAsync(buffer, 0, stoppingToken);
                while (used < MaxBatch && _socket!.Available > 0)
                {
                    used = await ReceiveAsync(buffer, used, stoppingToken);
                }

                await StoreAsync(buffer.AsMemory(0, used), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Tell(_refusals.TakeRest());
        }
    }

    /// <summary>Appends a datagram, which need not end with a line break, and returns the number of bytes in the buffer.</summary>
    private async ValueTask<int> ReceiveAsync(byte[] buffer, int used, CancellationToken stopping)
    {
        int end = used + await _socket!.ReceiveAsync(buffer.AsMemory(used, MaxDatagram), stopping);
        buffer[end] = (byte)'\n';
        return end + 1;
    }

    /// <summary>Stores all points of the lines that can be stored. While the store cannot take them, it repeats.</summary>
    private async Task StoreAsync(ReadOnlyMemory<byte> lines, CancellationToken stopping)
    {
        long now = WriteEndpoint.Now(time);
        while (true)
        {
            LineReader reader = new(lines, _precision, now, series);
            LineBatch batch = LineBatch.Read(options.UdpDatabase, reader, CancellationToken.None);
            try
            {
                // A stop does not end the commit, because nobody sends these points again.
                await points.WriteAsync(engine.LoginAs(_device, CancellationToken.None), batch, isVersion2: false, CancellationToken.None);
                return;
            }
            catch (Exception error) when (CanRepeat(error))
            {
                if (stopping.IsCancellationRequested)
                {
                    Tell(_refusals.Add(batch.Count, $"{error.Message} The server stopped before that ended."));
                    return;
                }

                Tell(_refusals.Add(0, $"{error.Message} They are stored when that has ended."));
                await Task.Delay(s_pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (InfluxErrorException error)
            {
                Tell(_refusals.Add(reader.FaultCount + batch.Dropped, error.Message));
                return;
            }
            catch (CdbException error)
            {
                Tell(_refusals.Add(batch.Count, error.Message));
                return;
            }
        }
    }

    /// <summary>True when the store cannot take any points now: it is busy, locked, full or away.</summary>
    private static bool CanRepeat(Exception error) => error is StoreException or InfluxErrorException { Status: >= StatusCodes.Status500InternalServerError };

    private void Tell(DatagramRefusals.Summary? summary)
    {
        if (summary is { } refused)
        {
            log.DatagramsRefused(refused.Points, EndPoint, refused.Reason);
        }
    }

    private static IPEndPoint AddressOf(string text)
        => IPEndPoint.TryParse(text, out IPEndPoint? address) && text.EndsWith($":{address.Port}", StringComparison.Ordinal)
            ? address
            : throw Invalid("--udp-address", text, "Write an IP address of this machine and a port, such as 127.0.0.1:8089.");

    private static CdbPath DeviceOf(string? text)
    {
        try
        {
            return CdbPath.Parse(text ?? "") is { Kind: CdbPathKind.Device } path ? path : throw InvalidDevice(text);
        }
        catch (InvalidNameException)
        {
            throw InvalidDevice(text);
        }
    }

    private static InvalidValueException InvalidDevice(string? text) => Invalid("--udp-device", text, "Name the device that gets the streams, such as me/collectd.");

    private static InvalidValueException Invalid(string setting, string? value, string advice) => new($"{setting}: '{value}' is not valid. {advice}", value);
}

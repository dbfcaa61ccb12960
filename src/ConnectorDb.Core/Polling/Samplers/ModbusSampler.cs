using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples a value of a device that speaks Modbus TCP. The connection stays open, and is opened again after any failure.</summary>
/// <remarks>Frames: MODBUS Messaging on TCP/IP Implementation Guide V1.0b, chapter 3.1. Exception codes: MODBUS Application Protocol Specification V1.1b3, chapter 7.</remarks>
[Sampler("modbus.tcp", "A value of a Modbus device.", Argument = "HOST[:PORT] | TABLE ADDRESS [TYPE] [swapped] [unit N], such as '192.168.1.40 | holding 100 float32'. Tables: coil, discrete, holding, input. Types: int16, uint16 (default), int32, uint32, float32, int64, uint64, float64. swapped: the register with the lowest bits comes first.")]
internal sealed class ModbusSampler : Sampler
{
    private const int DefaultPort = 502;
    private const int Head = 8;
    private const byte ErrorFlag = 0x80;
    private readonly string _host;
    private readonly int _port;
    private readonly ModbusRegister _register;
    private TcpClient? _client;
    private ushort _transaction;

    public ModbusSampler(SamplerContext context)
        : base(context)
    {
        if (context.RequiredArgument.Split('|', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } target, { Length: > 0 } register]
            || !Uri.TryCreate($"modbus://{target}", UriKind.Absolute, out Uri? address) || address.Port == 0 || address.PathAndQuery.Trim('/').Length > 0)
        {
            throw new InvalidValueException($"'{context.Argument}' is not HOST[:PORT] | TABLE ADDRESS [TYPE] [swapped] [unit N]. Give one such as '192.168.1.40 | holding 100 float32'.", context.Argument);
        }

        (_host, _port, _register) = (address.DnsSafeHost, address.Port < 0 ? DefaultPort : address.Port, ModbusRegister.Parse(register));
    }

    private string Device => string.Create(CultureInfo.InvariantCulture, $"The Modbus device '{_host}:{_port}'");

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        bool isAnswered = false;
        try
        {
            if (_client is null)
            {
                _client = new TcpClient { NoDelay = true };
                await _client.ConnectAsync(_host, _port, cancellation).ConfigureAwait(false);
            }

            DataValue value = _register.Read(await AskAsync(_client.GetStream(), cancellation).ConfigureAwait(false));
            isAnswered = true;
            return value;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw NoValue($"{Device} does not answer: {error.Message}", error);
        }
        finally
        {
            if (!isAnswered)
            {
                Close(); // an answer that comes late would be taken for that of the next request
            }
        }
    }

    public override void Dispose()
    {
        Close();
        base.Dispose();
    }

    /// <summary>The data of the answer.</summary>
    private async ValueTask<byte[]> AskAsync(NetworkStream stream, CancellationToken cancellation)
    {
        byte[] request = new byte[Head + 4];
        BinaryPrimitives.WriteUInt16BigEndian(request, ++_transaction);
        request[5] = 6; // bytes from the unit on; the protocol before it is 0
        (request[6], request[7]) = (_register.Unit, _register.Function);
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(Head), _register.Address);
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(Head + 2), _register.Count);
        await stream.WriteAsync(request, cancellation).ConfigureAwait(false);

        byte[] head = new byte[Head + 1];
        await stream.ReadExactlyAsync(head, cancellation).ConfigureAwait(false);
        int function = head[7];
        bool isError = function == (_register.Function | ErrorFlag);
        if (BinaryPrimitives.ReadUInt16BigEndian(head) != _transaction || head[6] != _register.Unit
            || !(isError || (function == _register.Function && head[Head] == _register.Bytes && BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(4)) == 3 + _register.Bytes)))
        {
            throw NoValue($"{Device} sent something else than the answer to the request: {Convert.ToHexString(head)}.");
        }

        if (isError)
        {
            throw Refusal(head[Head]);
        }

        byte[] data = new byte[_register.Bytes];
        await stream.ReadExactlyAsync(data, cancellation).ConfigureAwait(false);
        return data;
    }

    private SampleException Refusal(byte code) => NoValue($"{Device} refuses '{Context.Argument}' with code {code}: " + code switch
    {
        1 => "it does not know the function.",
        2 => "it has no such address.",
        3 => "it does not accept the number of registers.",
        4 => "it failed.",
        6 => "it is busy.",
        10 or 11 => "the gateway cannot reach the unit.",
        _ => "see its manual.",
    });

    private void Close()
    {
        _client?.Dispose();
        _client = null;
    }
}

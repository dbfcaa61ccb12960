using System.Globalization;
using System.IO.Ports;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the newest line of a serial port since the measurement before, or waits for the next one. The port stays open.</summary>
[Sampler("serial.line", "A line of a serial port: a number, JSON, or a text.", Argument = "PORT [BAUD] [| PATTERN], such as '/dev/ttyUSB0 115200 | temp=([0-9.]+)' or 'COM3 9600'. The value is the first group of the regular expression, or its match. BAUD is 9600 by default, with 8 bits, no parity and one stop bit.")]
internal sealed class SerialSampler : Sampler
{
    private const int DefaultBaud = 9600;
    private const int MaxLine = 64 * 1024;
    private static readonly TimeSpan s_matchLimit = TimeSpan.FromSeconds(1);
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly StringBuilder _line = new();
    private readonly string _name;
    private readonly int _baud = DefaultBaud;
    private readonly Regex? _pattern;
    private SerialPort? _port;
    private string? _fault;

    public SerialSampler(SamplerContext context)
        : base(context)
    {
        string[] parts = context.RequiredArgument.Split('|', 2, StringSplitOptions.TrimEntries);
        string[] words = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (1 or 2) || (words.Length == 2 && (!int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out _baud) || _baud == 0)))
        {
            throw new InvalidValueException($"'{TextValue.Shorten(parts[0])}' is not PORT [BAUD]. Give one such as '/dev/ttyUSB0 115200' or 'COM3'.", context.Argument);
        }

        _name = words[0];
        try
        {
            _pattern = parts is [_, { Length: > 0 } pattern] ? new Regex(pattern, RegexOptions.CultureInvariant, s_matchLimit) : null;
        }
        catch (ArgumentException error)
        {
            throw new InvalidValueException($"The pattern is not a regular expression: {error.Message}", context.Argument);
        }
    }

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        try
        {
            Open();
            string line = await _lines.Reader.ReadAsync(cancellation).ConfigureAwait(false);
            if (_fault is not null)
            {
                throw new IOException(_fault);
            }

            return Read(line);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            Close();
            throw NoValue($"The serial port '{_name}' cannot be read: {error.Message}", error);
        }
    }

    public override void Dispose()
    {
        Close();
        base.Dispose();
    }

    private DataValue Read(string line)
    {
        try
        {
            Match? match = _pattern?.Match(line);
            DataValue value = match is null ? TextValue.Read(line)
                : !match.Success ? throw NoValue($"The serial port '{_name}' sent a line that the pattern does not match: {TextValue.Shorten(line)}")
                : TextValue.Read(match.Groups.Count > 1 ? match.Groups[1].Value : match.Value);
            return TextValue.FaultOf(value) is { } fault ? throw NoValue($"The serial port '{_name}' sent {fault}") : value;
        }
        catch (RegexMatchTimeoutException error)
        {
            throw NoValue($"The pattern takes more than {s_matchLimit.TotalSeconds} s for a line of the serial port '{_name}'. Give a simpler one.", error);
        }
    }

    private void Open()
    {
        if (_port is null)
        {
            SerialPort port = new(_name, _baud) { Encoding = Encoding.UTF8 };
            port.DataReceived += (_, _) => Receive(port);
            _line.Clear();
            _fault = null;
            try
            {
                port.Open();
                _port = port;
            }
            finally
            {
                if (_port is null)
                {
                    port.Dispose();
                }
            }
        }
    }

    // The event comes from one thread at a time.
    private void Receive(SerialPort port)
    {
        try
        {
            foreach (char next in port.ReadExisting())
            {
                if (next is '\r' or '\n')
                {
                    if (_line.Length > 0)
                    {
                        _lines.Writer.TryWrite(_line.ToString());
                        _line.Clear();
                    }
                }
                else if (_line.Append(next).Length > MaxLine)
                {
                    Fail($"a line has more than {MaxLine} characters. Check the baud rate.");
                    return;
                }
            }
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            Fail(error.Message);
        }
    }

    private void Fail(string fault)
    {
        _fault = fault;
        _lines.Writer.TryWrite("");
    }

    private void Close()
    {
        _port?.Dispose();
        _port = null;
    }
}

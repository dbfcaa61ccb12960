using System.Buffers;
using System.Text;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Server.Api;

/// <summary>Writes CSV (RFC 4180) with the columns <c>t,d,o</c>; arrays and objects are written as JSON.</summary>
/// <param name="namesStreams">Adds the column <c>stream</c>, for merged streams.</param>
internal sealed class CsvDatapointFormat(bool namesStreams) : IDatapointFormat
{
    private const string Type = "text/csv";
    private const string Json = "application/json";
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n");
    private const int RowsAtOnce = 256;

    /// <summary>The most bytes of a row with a number, two commas and the end of the line.</summary>
    private const int MostBytesOfNumbers = (2 * DoubleText.MostBytes) + 4;

    private bool _hasBlocks;

    public string ContentType => $"{Type}; charset=utf-8; header=present";

    public static bool IsAskedFor(HttpRequest request)
        => AcceptedTypes.Preferred(request, Json, Type) == Type;

    public void Begin(IBufferWriter<byte> body) => body.Write(namesStreams ? "t,d,o,stream\r\n"u8 : "t,d,o\r\n"u8);

    public void Restart(IBufferWriter<byte> body)
    {
        if (!_hasBlocks)
        {
            Begin(body);
        }
    }

    public void Write(IBufferWriter<byte> body, Block block)
    {
        ReadOnlySpan<double> times = block.Times.Span;
        if (block is { Values: NumberColumn numbers, Origins: null } && !namesStreams)
        {
            WriteNumbers(body, times, numbers.Values.Span);
        }
        else
        {
            WriteRows(body, times, block);
        }

        _hasBlocks |= block.Count > 0;
    }

    public void End(IBufferWriter<byte> body)
    {
    }

    // CSV cannot express an error; the client notices that the connection breaks.
    public void Break(IBufferWriter<byte> body, Failure failure)
    {
    }

    private void WriteRows(IBufferWriter<byte> body, ReadOnlySpan<double> times, Block block)
    {
        for (int i = 0; i < times.Length; i++)
        {
            body.Advance(DoubleText.Format(times[i], body.GetSpan(DoubleText.MostBytes)));
            body.Write(","u8);
            Write(body, block.Values, i);
            body.Write(","u8);
            Encoding.UTF8.GetBytes(block.Origins is { } origins ? origins.Span[i] : null, body);
            if (namesStreams)
            {
                body.Write(","u8);
                Encoding.UTF8.GetBytes(block.Streams?[i]?.ToString(), body);
            }

            body.Write("\r\n"u8);
        }
    }

    private static void WriteNumbers(IBufferWriter<byte> body, ReadOnlySpan<double> times, ReadOnlySpan<double> values)
    {
        for (int row = 0; row < times.Length;)
        {
            int end = Math.Min(row + RowsAtOnce, times.Length);
            Span<byte> rows = body.GetSpan((end - row) * MostBytesOfNumbers);
            int at = 0;
            for (; row < end; row++)
            {
                at += DoubleText.Format(times[row], rows[at..]);
                rows[at++] = (byte)',';
                at += DataValue.Format(values[row], rows[at..]);
                ",\r\n"u8.CopyTo(rows[at..]);
                at += 3;
            }

            body.Advance(at);
        }
    }

    private static void Write(IBufferWriter<byte> body, Column values, int index)
    {
        if (values is NumberColumn numbers)
        {
            body.Advance(DataValue.Format(numbers.Values.Span[index], body.GetSpan(DoubleText.MostBytes)));
            return;
        }

        DataValue value = values[index];
        string text = value.IsNull ? "" : Quoted(value.Kind == DataKind.Text ? value.AsText() : value.ToString());
        Encoding.UTF8.GetBytes(text, body);
    }

    private static string Quoted(string text)
        => text.AsSpan().ContainsAny(s_quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}

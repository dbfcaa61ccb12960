using System.Buffers;
using System.Globalization;
using System.Text;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Server.Api;

/// <summary>Lines <c>t,d,o</c> as of RFC 4180; texts as they are, arrays and objects as JSON.</summary>
internal sealed class CsvFormat : IDatapointFormat
{
    private const string Type = "text/csv";
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n");

    public string ContentType => $"{Type}; charset=utf-8; header=present";

    public static bool IsAskedFor(HttpRequest request)
        => request.Headers.Accept.ToString().Contains(Type, StringComparison.OrdinalIgnoreCase);

    public void Begin(IBufferWriter<byte> body) => body.Write("t,d,o\r\n"u8);

    public void Write(IBufferWriter<byte> body, Block block)
    {
        for (int i = 0; i < block.Count; i++)
        {
            DataValue value = block.Values[i];
            string d = value.IsNull ? "" : Quoted(value.Kind == DataKind.Text ? value.AsText() : value.ToString());
            string o = block.Origins is { } origins ? origins.Span[i] ?? "" : "";
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{block.Times.Span[i]:R},{d},{o}\r\n"), body);
        }
    }

    public void End(IBufferWriter<byte> body)
    {
    }

    /// <summary>CSV has no place for it: that the connection breaks has to do.</summary>
    public void Break(IBufferWriter<byte> body, Failure failure)
    {
    }

    private static string Quoted(string text)
        => text.AsSpan().ContainsAny(s_quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}

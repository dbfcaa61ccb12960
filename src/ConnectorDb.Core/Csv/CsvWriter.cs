using System.Buffers;
using System.Globalization;
using System.Text;

namespace ConnectorDb.Core.Csv;

/// <summary>
/// Writes rows as RFC 4180 text in UTF-8. Quotes are part of the meaning: names, texts, arrays and objects are quoted, and times,
/// numbers, booleans and null are not. A field without a value is empty.
/// </summary>
internal sealed class CsvWriter
{
    private const int FlushAt = 1 << 16;
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAt * 2);
    private readonly byte[] _delimiter;
    private readonly char _separator;
    private readonly CsvTimeFormat _times;
    private readonly string _decimalMark;
    private bool _isInRow;

    /// <exception cref="InvalidValueException">The options do not fit together.</exception>
    public CsvWriter(Stream stream, CsvWriteOptions options)
    {
        _stream = stream;
        _decimalMark = options.Culture?.NumberFormat.NumberDecimalSeparator ?? ".";
        _separator = options.Delimiter ?? DelimiterOf(options.Culture);
        CsvDelimiter.CheckFor(options.Culture, _separator);
        _delimiter = Encoding.UTF8.GetBytes(_separator.ToString());
        _times = new CsvTimeFormat(options);
    }

    public void WriteNames(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            WriteQuoted(name);
        }

        EndRow();
    }

    /// <summary>A warning about the times that were written; null for none.</summary>
    public string? Warning => _times.Warning;

    public void WriteTime(double seconds) => WriteUnlessQuoted(_times.Write(seconds));

    /// <summary>Writes a field that is empty.</summary>
    public void WriteNothing() => BeginField();

    public void WriteText(string text) => WriteQuoted(text);

    public void WriteValue(DataValue value)
    {
        switch (value.Kind)
        {
            case DataKind.Text or DataKind.Array or DataKind.Object:
                WriteQuoted(QuotedField.Write(value));
                break;
            case DataKind.Number when !value.IsNumberText:
                WriteNumber(value.AsDouble());
                break;
            case DataKind.Number when _decimalMark != ".":
                WriteUnlessQuoted(value.ToJson().Replace(".", _decimalMark, StringComparison.Ordinal));
                break;
            default:
                WriteUnlessQuoted(value.ToJson());
                break;
        }
    }

    public void EndRow()
    {
        _buffer.Write("\n"u8);
        _isInRow = false;
        if (_buffer.WrittenCount >= FlushAt)
        {
            Flush();
        }
    }

    public void Flush()
    {
        _stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }

    /// <summary>The list separator of a culture, which Excel expects; a semicolon where it is also the decimal mark, or none of ASCII, which few programs read.</summary>
    private static char DelimiterOf(CultureInfo? culture)
        => culture is null ? ','
            : culture.TextInfo.ListSeparator is [var one] && char.IsAscii(one) && one.ToString() != culture.NumberFormat.NumberDecimalSeparator ? one
            : ';';

    private void WriteNumber(double number)
    {
        Span<byte> text = stackalloc byte[DoubleText.MostBytes];
        text = text[..DataValue.Format(number, text)];
        if (_decimalMark != ".")
        {
            WriteUnlessQuoted(Encoding.ASCII.GetString(text).Replace(".", _decimalMark, StringComparison.Ordinal));
            return;
        }

        BeginField();
        _buffer.Write(text);
    }

    /// <summary>Writes without quotes, unless the text has a delimiter, a quote or a line break in it.</summary>
    private void WriteUnlessQuoted(string text)
    {
        if (text.AsSpan().IndexOfAny(_separator, '"', '\n') >= 0 || text.Contains('\r', StringComparison.Ordinal))
        {
            WriteQuoted(text);
            return;
        }

        BeginField();
        s_utf8.GetBytes(text, _buffer);
    }

    private void WriteQuoted(string text)
    {
        BeginField();
        _buffer.Write("\""u8);
        try
        {
            s_utf8.GetBytes(text.Replace("\"", "\"\"", StringComparison.Ordinal), _buffer);
        }
        catch (EncoderFallbackException)
        {
            throw new InvalidValueException("A text has half of a surrogate pair, which is no character and has no form in UTF-8. Export the other datapoints, or correct the text with -Transform.", text);
        }

        _buffer.Write("\""u8);
    }

    private void BeginField()
    {
        if (_isInRow)
        {
            _buffer.Write(_delimiter);
        }

        _isInRow = true;
    }
}

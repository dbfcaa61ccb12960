using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Core.Influx;

/// <summary>
/// Reads the points of a body in the line protocol of InfluxDB, with the errors of InfluxDB 1. A line that cannot be read does not stop the
/// others. A carriage return at the end of a line is left out.
/// </summary>
/// <param name="precision">The unit of the times, in nanoseconds.</param>
/// <param name="now">The time of lines that have none, in nanoseconds: one for the whole body.</param>
/// <param name="cache">The series of earlier bodies.</param>
public sealed class LineReader(ReadOnlyMemory<byte> body, long precision, long now, SeriesCache cache)
{
    private const long MaxTime = 9_223_372_036_854_775_806;

    /// <summary>The bytes of errors that are kept, so that a large body of errors has no larger answer.</summary>
    private const int MaxFaults = 64 << 10;

    /// <summary>The number of lines after which it is noticed that the client has left.</summary>
    private const int LinesAtOnce = 1024;

    private readonly Dictionary<byte[], string>.AlternateLookup<ReadOnlySpan<byte>> _names
        = new Dictionary<byte[], string>(ByteNames.Comparer).GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>All bytes of the body are text, so that no line needs a check.</summary>
    private readonly bool _isText = !body.Span.Contains((byte)0) && Utf8.IsValid(body.Span);
    private readonly List<LineField> _fields = [];
    private readonly StringBuilder _faults = new();
    private Range _rawSeries;
    private int _at;
    private int _lines;

    /// <summary>The series of the point.</summary>
    public SeriesKey Series { get; private set; } = null!;

    /// <summary>The fields of the point, in the order of the line; of two with one name, the last counts.</summary>
    public ReadOnlySpan<LineField> Fields => CollectionsMarshal.AsSpan(_fields);

    /// <summary>The time of the point, in nanoseconds since 1970.</summary>
    public long Time { get; private set; }

    /// <summary>The number of lines that could not be read.</summary>
    public long FaultCount { get; private set; }

    /// <summary>The errors of those lines; of very many, the first.</summary>
    public string Faults => _faults.ToString();

    /// <summary>Reads the next point; false at the end of the body.</summary>
    /// <exception cref="OperationCanceledException">Whoever sent the body has left.</exception>
    public bool Read(CancellationToken cancellation)
    {
        ReadOnlySpan<byte> all = body.Span;
        while (_at < all.Length)
        {
            if (++_lines % LinesAtOnce == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            int end = EndOfLine(all, _at);
            ReadOnlySpan<byte> line = all[_at..end].TrimStart(" \t\0"u8);
            int start = end - line.Length;
            _at = end + 1;
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            // A fault is no exception: a body may have millions of them.
            if (Parse(line, start) is not { } fault)
            {
                return true;
            }

            AddFault(line, fault);
        }

        return false;
    }

    private void AddFault(ReadOnlySpan<byte> line, string reason)
    {
        FaultCount++;
        int room = MaxFaults - _faults.Length;
        if (room > 0)
        {
            _faults.Append(_faults.Length > 0 ? "\n" : "").Append("unable to parse '").Append(Encoding.UTF8.GetString(line[..Math.Min(line.Length, room)])).Append("': ").Append(reason.AsSpan(0, Math.Min(reason.Length, MaxFaults)));
        }
    }

    /// <summary>The index of the line break that ends the line: not one within a string, nor after a backslash.</summary>
    private static int EndOfLine(ReadOnlySpan<byte> all, int start)
    {
        int next = all[start..].IndexOf((byte)'\n');
        int end = next < 0 ? all.Length : start + next;
        ReadOnlySpan<byte> line = all[start..end];
        if (!line.ContainsAny((byte)'"', (byte)'\\') || line.TrimStart(" \t\0"u8) is [(byte)'#', ..])
        {
            return end;
        }

        int at = start + SeriesKey.EndIn(all[start..end]);
        bool isQuoted = false;
        bool isValue = false;
        for (; at < all.Length; at++)
        {
            switch (all[at])
            {
                case (byte)'\\':
                    at++;
                    break;
                case (byte)'=' when !isQuoted:
                    isValue = true;
                    break;
                case (byte)',' when !isQuoted:
                    isValue = false;
                    break;
                case (byte)'"' when isValue:
                    isQuoted = !isQuoted;
                    break;
                case (byte)'\n' when !isQuoted:
                    return at;
            }
        }

        return all.Length;
    }

    /// <summary>Parses a line; returns the reason when it is not valid, or else null.</summary>
    private string? Parse(ReadOnlySpan<byte> line, int start)
    {
        int end = SeriesKey.EndIn(line);
        ReadOnlySpan<byte> key = line[..end];
        if (!key.SequenceEqual(body.Span[_rawSeries]))
        {
            if (FaultOfText(key) is { } unreadable)
            {
                return unreadable;
            }

            if (cache.Parse(key, out string? fault) is not { } series)
            {
                return fault;
            }

            Series = series;
            _rawSeries = start..(start + end);
        }

        line = line[end..].TrimStart(" \t\0"u8);
        if (line.IsEmpty)
        {
            return "missing fields";
        }

        return ParseFields(line, out end) ?? FaultOfText(line[..end]) ?? ParseTime(line[end..].TrimStart(" \t\0"u8));
    }

    /// <summary>The reason for which bytes are no text that can be stored; null when they are.</summary>
    private string? FaultOfText(ReadOnlySpan<byte> bytes)
        => _isText ? null
            : bytes.Contains((byte)0) ? "the line has a NUL"
            : Utf8.IsValid(bytes) ? null : "the line is not UTF-8";

    /// <summary>Parses the fields; returns the reason when they are not valid, or else null.</summary>
    private string? ParseFields(ReadOnlySpan<byte> line, out int at)
    {
        _fields.Clear();
        bool isIncomplete = false;
        at = 0;
        while (true)
        {
            int start = at;
            at = EndOfName(line, start);
            if (at < line.Length && line[at] == '=')
            {
                if (at == start)
                {
                    return "missing field key";
                }

                string name = NameOf(line[start..at]);
                if (PlainNumber.TryRead(line[(at + 1)..], out PlainNumber number) && line[at + 1 + number.Length] is (byte)' ' or (byte)',' && number.ToDouble() is var value && double.IsFinite(value))
                {
                    _fields.Add(new LineField(name, FieldType.Float, value, 0, null));
                    at += 1 + number.Length;
                }
                else if (ParseField(name, line, ref at) is { } fault)
                {
                    return fault;
                }
            }
            else
            {
                isIncomplete = true;
            }

            if (at >= line.Length || line[at] == ' ')
            {
                return isIncomplete ? "invalid field format" : null;
            }

            at++;
        }
    }

    /// <param name="name">The name of the field.</param>
    /// <param name="line">The fields of the line.</param>
    /// <param name="at">The index of the equals sign; then that after the value.</param>
    private string? ParseField(string name, ReadOnlySpan<byte> line, ref int at)
    {
        int start = at + 1;
        int end = FieldParser.EndOf(line, start);
        if (end <= start)
        {
            return end < 0 ? "unbalanced quotes" : "missing field value";
        }

        at = end;
        string? fault = FieldParser.Parse(name, line[start..end], out LineField field);
        _fields.Add(field);
        return fault;
    }

    private string NameOf(ReadOnlySpan<byte> raw)
    {
        if (!_names.TryGetValue(raw, out string? name))
        {
            name = LineEscapes.Name(raw);
            _names[raw] = name;
        }

        return name;
    }

    private static int EndOfName(ReadOnlySpan<byte> line, int start)
    {
        for (int at = start; at < line.Length; at++)
        {
            switch (line[at])
            {
                case (byte)'\\':
                    at++;
                    break;
                case (byte)'=' or (byte)',' or (byte)' ':
                    return at;
            }
        }

        return line.Length;
    }

    private string? ParseTime(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            Time = now - (now % precision);
            return null;
        }

        int end = text.IndexOf((byte)' ');
        ReadOnlySpan<byte> digits = end < 0 ? text : text[..end];
        for (int i = 0; i < digits.Length; i++)
        {
            if (digits[i] is not (>= (byte)'0' and <= (byte)'9') && !(i == 0 && digits[i] == '-'))
            {
                return "bad timestamp";
            }
        }

        if (!long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long units))
        {
            return $"strconv.ParseInt: parsing \"{Encoding.ASCII.GetString(digits)}\": {(digits.Length == 1 ? "invalid syntax" : "value out of range")}";
        }

        if (Math.BigMul(units, precision, out long time) != time >> 63 || time is < -MaxTime or > MaxTime)
        {
            return $"time outside range -{MaxTime} - {MaxTime}";
        }

        Time = time;
        return end >= 0 && !text[end..].Trim(" \t\0"u8).IsEmpty ? "point is invalid" : null;
    }
}

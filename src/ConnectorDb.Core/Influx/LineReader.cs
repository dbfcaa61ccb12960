using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
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

    /// <summary>The characters of errors that are kept, so that a large body of errors has no larger answer.</summary>
    private const int MaxFaults = 64 << 10;

    private readonly Dictionary<byte[], string>.AlternateLookup<ReadOnlySpan<byte>> _names
        = new Dictionary<byte[], string>(ByteNames.Comparer).GetAlternateLookup<ReadOnlySpan<byte>>();

    private readonly List<LineField> _fields = [];
    private readonly StringBuilder _faults = new();
    private Range _rawSeries;
    private int _at;

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
    public bool Read()
    {
        ReadOnlySpan<byte> all = body.Span;
        while (_at < all.Length)
        {
            int end = EndOfLine(all, _at);
            ReadOnlySpan<byte> line = all[_at..end].TrimStart(" \t\0"u8);
            int start = end - line.Length;
            _at = end + 1;
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            try
            {
                Parse(line, start);
                return true;
            }
            catch (LineFaultException fault)
            {
                AddFault(line, fault.Message);
            }
        }

        return false;
    }

    private void AddFault(ReadOnlySpan<byte> line, string reason)
    {
        FaultCount++;
        if (_faults.Length < MaxFaults)
        {
            _faults.Append(_faults.Length > 0 ? "\n" : "").Append("unable to parse '").Append(Encoding.UTF8.GetString(line)).Append("': ").Append(reason);
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

    private void Parse(ReadOnlySpan<byte> line, int start)
    {
        int end = SeriesKey.EndIn(line);
        ReadOnlySpan<byte> key = line[..end];
        if (!key.SequenceEqual(body.Span[_rawSeries]))
        {
            Series = cache.Parse(key);
            _rawSeries = start..(start + end);
        }

        line = line[end..].TrimStart(" \t\0"u8);
        if (line.IsEmpty)
        {
            throw new LineFaultException("missing fields");
        }

        line = line[ParseFields(line)..].TrimStart(" \t\0"u8);
        Time = ParseTime(line);
    }

    /// <summary>Parses the fields, and returns the index after them.</summary>
    private int ParseFields(ReadOnlySpan<byte> line)
    {
        _fields.Clear();
        bool isIncomplete = false;
        int at = 0;
        while (true)
        {
            int start = at;
            at = EndOfName(line, start);
            if (at < line.Length && line[at] == '=')
            {
                if (at == start)
                {
                    throw new LineFaultException("missing field key");
                }

                string name = NameOf(line[start..at]);
                if (PlainNumber.TryRead(line[(at + 1)..], out PlainNumber number) && line[at + 1 + number.Length] is (byte)' ' or (byte)',' && number.ToDouble() is var value && double.IsFinite(value))
                {
                    _fields.Add(new LineField(name, FieldType.Float, value, 0, null));
                    at += 1 + number.Length;
                }
                else
                {
                    int end = FieldParser.EndOf(line, at + 1);
                    _fields.Add(end == at + 1 ? throw new LineFaultException("missing field value") : FieldParser.Parse(name, line[(at + 1)..end]));
                    at = end;
                }
            }
            else
            {
                isIncomplete = true;
            }

            if (at >= line.Length || line[at] == ' ')
            {
                return isIncomplete ? throw new LineFaultException("invalid field format") : at;
            }

            at++;
        }
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

    private long ParseTime(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return now - (now % precision);
        }

        int end = text.IndexOf((byte)' ');
        ReadOnlySpan<byte> digits = end < 0 ? text : text[..end];
        for (int i = 0; i < digits.Length; i++)
        {
            if (digits[i] is not (>= (byte)'0' and <= (byte)'9') && !(i == 0 && digits[i] == '-'))
            {
                throw new LineFaultException("bad timestamp");
            }
        }

        if (!long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long units))
        {
            throw new LineFaultException($"strconv.ParseInt: parsing \"{Encoding.ASCII.GetString(digits)}\": {(digits.Length == 1 ? "invalid syntax" : "value out of range")}");
        }

        if (Math.BigMul(units, precision, out long time) != time >> 63 || time is < -MaxTime or > MaxTime)
        {
            throw new LineFaultException($"time outside range -{MaxTime} - {MaxTime}");
        }

        return end >= 0 && !text[end..].Trim(" \t\0"u8).IsEmpty ? throw new LineFaultException("point is invalid") : time;
    }
}

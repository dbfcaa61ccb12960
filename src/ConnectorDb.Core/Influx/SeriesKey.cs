using System.Text;

namespace ConnectorDb.Core.Influx;

/// <summary>A measurement and its tags, by which lines belong to a series.</summary>
/// <param name="Measurement">The name of the measurement.</param>
/// <param name="Tags">Sorted by name, each name once.</param>
public sealed record SeriesKey(string Measurement, IReadOnlyList<KeyValuePair<string, string>> Tags)
{
    private const int MaxLength = 65_535;

    private readonly int _hash = Tags.Aggregate(Measurement.GetHashCode(StringComparison.Ordinal), (hash, tag) => HashCode.Combine(hash, tag.Key, tag.Value));

    /// <summary>The tag whose name has another meaning; null when there is none.</summary>
    public string? ReservedTag { get; } = Tags.Select(tag => tag.Key).FirstOrDefault(key => key == "time" || FieldKey.IsReserved(key));

    /// <summary>The index after the series key of a line: that of the blank before its fields, or the length.</summary>
    public static int EndIn(ReadOnlySpan<byte> line) => EndOf(line, 0, " "u8);

    /// <summary>The series of a key, or null and why the key is not valid.</summary>
    internal static SeriesKey? Parse(ReadOnlySpan<byte> raw, out string? fault)
    {
        fault = null;
        int end = EndOf(raw, 0, ", "u8);
        if (end == 0)
        {
            fault = "missing measurement";
            return null;
        }

        string measurement = LineEscapes.Name(raw[..end]);
        SortedDictionary<string, string> tags = new(StringComparer.Ordinal);
        bool hasDuplicates = false;
        while (end < raw.Length)
        {
            int start = end + 1;
            int equals = EndOf(raw, start, "=, "u8);
            if (equals == start)
            {
                fault = "missing tag key";
                return null;
            }

            string name = LineEscapes.Name(raw[start..equals]);
            end = equals < raw.Length && raw[equals] == '=' ? EndOf(raw, equals + 1, "=, "u8) : equals;
            if (end <= equals + 1)
            {
                fault = "missing tag value";
                return null;
            }

            if (end < raw.Length && raw[end] == '=')
            {
                fault = "invalid tag format";
                return null;
            }

            hasDuplicates |= !tags.TryAdd(name, LineEscapes.Name(raw[(equals + 1)..end]));
        }

        fault = raw.Length > MaxLength ? $"max key length exceeded: {raw.Length} > {MaxLength}" : hasDuplicates ? "duplicate tags" : null;
        return fault is null ? new SeriesKey(measurement, [.. tags]) : null;
    }

    /// <summary>A text that is the same for the same measurement and tags, and another for others.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        Append(text, Measurement);
        foreach ((string key, string value) in Tags)
        {
            Append(text.Append(','), key);
            Append(text.Append('='), value);
        }

        return text.ToString();
    }

    public bool Equals(SeriesKey? other) => ReferenceEquals(this, other) || (other is not null && _hash == other._hash && Measurement == other.Measurement && Tags.SequenceEqual(other.Tags));

    public override int GetHashCode() => _hash;

    private static void Append(StringBuilder text, string name)
    {
        foreach (char c in name)
        {
            text.Append(c is ',' or '=' or ' ' or '\\' ? "\\" : "").Append(c);
        }
    }

    /// <summary>The index of the next of some characters that has no backslash before it, or the length.</summary>
    private static int EndOf(ReadOnlySpan<byte> text, int start, ReadOnlySpan<byte> ends)
    {
        for (int at = start; at < text.Length; at++)
        {
            int next = text[at..].IndexOfAny(ends);
            if (next < 0)
            {
                break;
            }

            at += next;
            if (at == 0 || text[at - 1] != '\\')
            {
                return at;
            }
        }

        return text.Length;
    }
}

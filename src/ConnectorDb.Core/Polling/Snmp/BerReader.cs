namespace ConnectorDb.Core.Polling.Snmp;

/// <summary>Decodes the parts of SNMP messages in the Basic Encoding Rules (X.690). All lengths are checked.</summary>
internal ref struct BerReader(ReadOnlySpan<byte> bytes)
{
    private const int LongForm = 0x80;
    private const int MaxLengthBytes = 2;
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The bytes after the parts that were read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Reads an element with any tag.</summary>
    /// <exception cref="FormatException">The bytes end too early.</exception>
    public ReadOnlySpan<byte> Any(out byte tag)
    {
        Demand(_rest.Length >= 2);
        tag = _rest[0];
        int length = _rest[1];
        int at = 2;
        if (length >= LongForm)
        {
            int count = length - LongForm;
            Demand(count is > 0 and <= MaxLengthBytes && _rest.Length >= at + count);
            length = 0;
            foreach (byte next in _rest.Slice(at, count))
            {
                length = (length << 8) | next;
            }

            at += count;
        }

        Demand(_rest.Length >= at + length);
        ReadOnlySpan<byte> content = _rest.Slice(at, length);
        _rest = _rest[(at + length)..];
        return content;
    }

    /// <summary>Reads an element with this tag.</summary>
    /// <exception cref="FormatException">The next element has another tag.</exception>
    public ReadOnlySpan<byte> Element(byte expected)
    {
        ReadOnlySpan<byte> content = Any(out byte tag);
        Demand(tag == expected);
        return content;
    }

    /// <exception cref="FormatException">The next element is not a 64-bit integer.</exception>
    public long Integer() => Signed(Element(BerTag.Integer));

    /// <exception cref="FormatException">The bytes are not a 64-bit integer.</exception>
    public static long Signed(ReadOnlySpan<byte> content)
    {
        Demand(content.Length is > 0 and <= sizeof(long));
        long value = (sbyte)content[0];
        foreach (byte next in content[1..])
        {
            value = (value << 8) | next;
        }

        return value;
    }

    /// <exception cref="FormatException">The bytes are not an unsigned 64-bit integer.</exception>
    public static ulong Unsigned(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> digits = content.Length == sizeof(ulong) + 1 && content[0] == 0 ? content[1..] : content;
        Demand(digits.Length is > 0 and <= sizeof(ulong));
        ulong value = 0;
        foreach (byte next in digits)
        {
            value = (value << 8) | next;
        }

        return value;
    }

    public static string ObjectIdentifier(ReadOnlySpan<byte> content)
    {
        List<ulong> numbers = [];
        ulong number = 0;
        foreach (byte next in content)
        {
            number = (number << 7) | (uint)(next & 0x7F);
            if (next < LongForm)
            {
                numbers.Add(number);
                number = 0;
            }
        }

        Demand(numbers.Count > 0);
        ulong first = Math.Min(numbers[0] / 40, 2);
        return string.Join('.', [first, numbers[0] - (first * 40), .. numbers.Skip(1)]);
    }

    private static void Demand(bool isValid)
    {
        if (!isValid)
        {
            throw new FormatException("The message is not valid in the Basic Encoding Rules.");
        }
    }
}

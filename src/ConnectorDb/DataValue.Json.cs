using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ConnectorDb;

/// <summary>The way of a value from and to JSON (RFC 8259).</summary>
public readonly partial struct DataValue
{
    /// <summary>Maximum nesting of arrays and objects.</summary>
    public const int MaxDepth = 512;

    /// <summary>From 2^53 on, a double does not hold every whole number.</summary>
    private const double FirstGap = 1L << 53;

    private static readonly JsonWriterOptions s_writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
        SkipValidation = true,
    };

    private static readonly JsonReaderOptions s_reading = new() { MaxDepth = MaxDepth };

    /// <summary>Reads one JSON value.</summary>
    /// <exception cref="JsonException">The text is not JSON, or deeper than <see cref="MaxDepth"/>.</exception>
    public static DataValue Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <inheritdoc cref="Parse(string)"/>
    public static DataValue Parse(ReadOnlySpan<byte> utf8Json)
    {
        Utf8JsonReader reader = new(utf8Json, s_reading);
        reader.Read();
        DataValue value = Read(ref reader);
        reader.Read();
        return value;
    }

    /// <summary>Reads the value that the reader stands on and leaves the reader on its last token.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static DataValue Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return From(true);
            case JsonTokenType.False:
                return From(false);
            case JsonTokenType.Number:
                return ReadNumber(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
            case JsonTokenType.String:
                return From(ReadText(ref reader));
            case JsonTokenType.StartArray:
                return ReadArray(ref reader);
            case JsonTokenType.StartObject:
                return ReadObject(ref reader);
            default:
                return Null;
        }
    }

    /// <summary>Reads the text, or the name of the member, that the reader stands on.</summary>
    /// <exception cref="JsonException">It is no Unicode.</exception>
    internal static string ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException("A text holds what is no character, such as half of a surrogate pair.", error);
        }
    }

    public string ToJson()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, s_writing))
        {
            WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the value; doubles with the fewest digits that read back as the same double.</summary>
    /// <exception cref="ArgumentException">A number is NaN or infinite, which JSON cannot hold.</exception>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (_reference)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case NumberText number:
                writer.WriteRawValue(number.Text, skipInputValidation: true);
                break;
            case DataValue[] items:
                writer.WriteStartArray();
                foreach (DataValue item in items)
                {
                    item.WriteTo(writer);
                }

                writer.WriteEndArray();
                break;
            case DataObject value:
                writer.WriteStartObject();
                foreach ((string name, DataValue member) in value.Members)
                {
                    writer.WritePropertyName(name);
                    member.WriteTo(writer);
                }

                writer.WriteEndObject();
                break;
            default:
                WriteScalar(writer);
                break;
        }
    }

    private void WriteScalar(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case DataKind.Boolean:
                writer.WriteBooleanValue(_bits != 0);
                break;
            case DataKind.Integer:
                writer.WriteNumberValue(_bits);
                break;
            default:
                WriteDouble(writer, BitConverter.Int64BitsToDouble(_bits));
                break;
        }
    }

    private static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        Span<byte> text = stackalloc byte[DoubleText.MostBytes];
        writer.WriteRawValue(text[..Format(value, text)], skipInputValidation: true);
    }

    /// <summary>Keeps a double a double: a whole number gets <c>.0</c>, so that it is not read back as an integer.</summary>
    /// <param name="utf8">At least <see cref="DoubleText.MostBytes"/>.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">The number is NaN or infinite, which JSON cannot hold.</exception>
    internal static int Format(double value, Span<byte> utf8)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException($"JSON cannot hold the number {value.ToString(CultureInfo.InvariantCulture)}.");
        }

        int length = DoubleText.Format(value, utf8);
        if (utf8[..length].IndexOfAny("eE."u8) < 0)
        {
            ".0"u8.CopyTo(utf8[length..]);
            length += 2;
        }

        return length;
    }

    /// <summary>A number of valid JSON.</summary>
    internal static DataValue ReadNumber(ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text, out long integer, out int length) && length == text.Length && !(integer == 0 && text[0] == (byte)'-'))
        {
            return From(integer);
        }

        double number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return HoldsExactly(number, text) ? From(number) : new(new NumberText(Encoding.ASCII.GetString(text)), 0);
    }

    /// <summary>Reads a number from text in invariant format. Whole numbers keep all digits; fractions become the nearest double.</summary>
    /// <returns>False for other texts, and for NaN and infinity.</returns>
    public static bool TryParseNumber(string text, out DataValue number)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        if (long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer))
        {
            number = integer == 0 && trimmed[0] == '-' ? From(-0.0) : From(integer);
            return true;
        }

        bool isNumber = double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real);
        number = isNumber && Math.Abs(real) >= FirstGap && WholeDigits(trimmed) is { } digits ? ReadNumber(digits) : From(real);
        return isNumber;
    }

    /// <summary>The digits of a whole number as JSON writes them; null for numbers with a fraction or an exponent.</summary>
    private static byte[]? WholeDigits(ReadOnlySpan<char> text)
    {
        int point = text.IndexOf('.');
        ReadOnlySpan<char> fraction = point < 0 ? default : text[(point + 1)..];
        ReadOnlySpan<char> whole = (point < 0 ? text : text[..point]).TrimStart('+');
        bool isNegative = whole[0] == '-';
        ReadOnlySpan<char> digits = whole.TrimStart('-').TrimStart('0');
        return fraction.ContainsAnyExcept('0') || digits.ContainsAnyExceptInRange('0', '9')
            ? null
            : Encoding.ASCII.GetBytes(isNegative ? $"-{digits}" : digits.ToString());
    }

    /// <summary>Up to 15 digits always survive a double; longer numbers must equal its shortest text, digit for digit.</summary>
    private static bool HoldsExactly(double number, ReadOnlySpan<byte> text)
    {
        const int AlwaysSafe = 15;
        if (!double.IsFinite(number))
        {
            return false;
        }

        bool isTiny = number == 0 || double.IsSubnormal(number);
        if (text.Length <= AlwaysSafe && !isTiny)
        {
            return true;
        }

        Span<byte> shortest = stackalloc byte[DoubleText.MostBytes];
        int length = DoubleText.Format(number, shortest);
        return text.SequenceEqual(shortest[..length]) || Decimal(text) == Decimal(shortest[..length]);
    }

    /// <summary>The significant digits of a number and the power of ten they stand at: one form for all ways to write it.</summary>
    private static (string Digits, long Exponent) Decimal(ReadOnlySpan<byte> text)
    {
        StringBuilder digits = new();
        long exponent = 0;
        bool isFraction = false;
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (c is (byte)'e' or (byte)'E')
            {
                if (!long.TryParse(text[(i + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long power))
                {
                    return ("overflow", long.MaxValue);
                }

                exponent += power;
                break;
            }

            isFraction |= c == (byte)'.';
            if (char.IsAsciiDigit((char)c))
            {
                digits.Append((char)c);
                exponent -= isFraction ? 1 : 0;
            }
        }

        string all = digits.ToString().TrimStart('0');
        string significant = all.TrimEnd('0');
        return significant.Length == 0 ? ("", 0) : (significant, exponent + all.Length - significant.Length);
    }

    private static DataValue ReadArray(ref Utf8JsonReader reader)
    {
        FewItems<DataValue> items = default;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Read(ref reader));
        }

        return From(items.ToArray());
    }

    private static DataValue ReadObject(ref Utf8JsonReader reader)
    {
        FewItems<KeyValuePair<string, DataValue>> members = default;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = ReadText(ref reader);
            reader.Read();
            members.Add(new(name, Read(ref reader)));
        }

        return From(new DataObject(members.ToArray()));
    }
}

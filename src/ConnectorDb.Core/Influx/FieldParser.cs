using System.Globalization;
using System.Text;

namespace ConnectorDb.Core.Influx;

/// <summary>Parses the values of fields.</summary>
internal static class FieldParser
{
    /// <summary>The index after the value that starts here: that of a comma or blank outside of quotes, or the length.</summary>
    /// <exception cref="LineFaultException">A quote has no end.</exception>
    public static int EndOf(ReadOnlySpan<byte> text, int start)
    {
        int at = start;
        bool isQuoted = false;
        bool isString = start < text.Length && text[start] == '"';
        for (; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'\\':
                    at++;
                    break;
                case (byte)'"' when isString:
                    isQuoted = !isQuoted;
                    break;
                case (byte)',' or (byte)' ' when !isQuoted:
                    return at;
            }
        }

        return isQuoted ? throw new LineFaultException("unbalanced quotes") : Math.Min(at, text.Length);
    }

    /// <exception cref="LineFaultException">The value is none of line protocol.</exception>
    public static LineField Parse(string name, ReadOnlySpan<byte> value) => value[0] switch
    {
        (byte)'"' => new LineField(name, FieldType.String, 0, 0, LineEscapes.String(value.Length == 1 ? [] : value[1..^1])),
        (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'.' or (byte)'n' or (byte)'N' => Number(name, value),
        _ => Boolean(name, value),
    };

    private static LineField Boolean(string name, ReadOnlySpan<byte> value)
        => value is [(byte)'t' or (byte)'T'] || value.SequenceEqual("true"u8) || value.SequenceEqual("True"u8) || value.SequenceEqual("TRUE"u8)
            ? new LineField(name, FieldType.Boolean, 0, 1, null)
            : value is [(byte)'f' or (byte)'F'] || value.SequenceEqual("false"u8) || value.SequenceEqual("False"u8) || value.SequenceEqual("FALSE"u8)
                ? new LineField(name, FieldType.Boolean, 0, 0, null)
                : throw new LineFaultException("invalid boolean");

    private static LineField Number(string name, ReadOnlySpan<byte> value)
    {
        bool isInteger = value[^1] is (byte)'i' or (byte)'u';
        ReadOnlySpan<byte> digits = isInteger ? value[..^1] : value;
        Check(digits, isInteger);
        if (!isInteger)
        {
            return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                ? new LineField(name, FieldType.Float, number, 0, null)
                : throw new LineFaultException("invalid float");
        }

        string text = Encoding.ASCII.GetString(digits);
        return (value[^1] == 'i' || digits[0] != '-') && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer)
            ? new LineField(name, FieldType.Integer, 0, integer, null)
            : throw new LineFaultException($"unable to parse {(value[^1] == 'i' ? "integer" : "unsigned")} {text}: strconv.Parse{(value[^1] == 'i' ? "Int" : "Uint")}: parsing \"{text}\": value out of range");
    }

    /// <summary>Refuses a text that is no number at all. The rest is read as a double, which takes words such as NaN, too.</summary>
    private static void Check(ReadOnlySpan<byte> digits, bool isInteger)
    {
        bool hasDigits = false;
        bool hasPoint = isInteger;
        bool hasExponent = isInteger;
        for (int i = 0; i < digits.Length; i++)
        {
            bool isValid = digits[i] switch
            {
                >= (byte)'0' and <= (byte)'9' => hasDigits = true,
                (byte)'-' => i == 0 || digits[i - 1] is (byte)'e' or (byte)'E',
                (byte)'+' => i > 0 && digits[i - 1] is (byte)'e' or (byte)'E',
                (byte)'.' => !hasPoint && !hasExponent && (hasPoint = true),
                (byte)'e' or (byte)'E' => hasDigits && !hasExponent && (hasExponent = true),
                _ => false,
            };
            if (!isValid)
            {
                throw new LineFaultException("invalid number");
            }
        }

        if (!hasDigits)
        {
            throw new LineFaultException("invalid number");
        }
    }
}

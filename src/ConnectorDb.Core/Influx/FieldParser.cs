using System.Globalization;
using System.Text;

namespace ConnectorDb.Core.Influx;

/// <summary>Parses the values of fields.</summary>
internal static class FieldParser
{
    private const string InvalidNumber = "invalid number";

    /// <summary>The index after the value that starts here: that of a comma or blank outside of quotes, or the length; -1 when a quote has no end.</summary>
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

        return isQuoted ? -1 : Math.Min(at, text.Length);
    }

    /// <summary>Parses a value; returns the reason when it is none of line protocol, or else null.</summary>
    public static string? Parse(string name, ReadOnlySpan<byte> value, out LineField field)
    {
        switch (value[0])
        {
            case (byte)'"':
                field = new LineField(name, FieldType.String, 0, 0, LineEscapes.String(value.Length == 1 ? [] : value[1..^1]));
                return null;
            case (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'.' or (byte)'n' or (byte)'N':
                return value[^1] is (byte)'i' or (byte)'u' ? Integer(name, value, out field) : Float(name, value, out field);
            default:
                return Boolean(name, value, out field);
        }
    }

    private static string? Boolean(string name, ReadOnlySpan<byte> value, out LineField field)
    {
        bool isTrue = value is [(byte)'t' or (byte)'T'] || value.SequenceEqual("true"u8) || value.SequenceEqual("True"u8) || value.SequenceEqual("TRUE"u8);
        field = new LineField(name, FieldType.Boolean, 0, isTrue ? 1 : 0, null);
        return isTrue || value is [(byte)'f' or (byte)'F'] || value.SequenceEqual("false"u8) || value.SequenceEqual("False"u8) || value.SequenceEqual("FALSE"u8) ? null : "invalid boolean";
    }

    private static string? Float(string name, ReadOnlySpan<byte> digits, out LineField field)
    {
        field = default;
        if (!IsNumber(digits, isInteger: false))
        {
            return InvalidNumber;
        }

        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
        {
            return "invalid float";
        }

        field = new LineField(name, FieldType.Float, number, 0, null);
        return null;
    }

    private static string? Integer(string name, ReadOnlySpan<byte> value, out LineField field)
    {
        field = default;
        ReadOnlySpan<byte> digits = value[..^1];
        if (!IsNumber(digits, isInteger: true))
        {
            return InvalidNumber;
        }

        bool isSigned = value[^1] == 'i';
        if ((!isSigned && digits[0] == '-') || !long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer))
        {
            string text = Encoding.ASCII.GetString(digits);
            return $"unable to parse {(isSigned ? "integer" : "unsigned")} {text}: strconv.Parse{(isSigned ? "Int" : "Uint")}: parsing \"{text}\": value out of range";
        }

        field = new LineField(name, FieldType.Integer, 0, integer, null);
        return null;
    }

    /// <summary>False for a text that is no number at all. The rest is read as a double, which takes words such as NaN, too.</summary>
    private static bool IsNumber(ReadOnlySpan<byte> digits, bool isInteger)
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
                return false;
            }
        }

        return hasDigits;
    }
}

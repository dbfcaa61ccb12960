using System.Globalization;
using System.Runtime.CompilerServices;

namespace ConnectorDb.Core.PipeScript.Evaluation.Values;

/// <summary>Converts values to numbers, booleans and texts where a script needs them.</summary>
internal static class Conversion
{
    /// <summary>Null is 0, booleans 1 and 0; texts are read, white space around them ignored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryNumber(DataValue value, out double number)
    {
        if (value.IsNumber)
        {
            number = value.AsDouble();
            return true;
        }

        return TryOther(value, out number);
    }

    /// <summary>As a number, when that is integral and fits 64 bits.</summary>
    public static bool TryInteger(DataValue value, out long integer)
    {
        if (value.Kind == DataKind.Integer)
        {
            integer = value.AsInteger();
            return true;
        }

        bool fits = TryNumber(value, out double number) && number == Math.Floor(number) && number is >= -9223372036854775808.0 and < 9223372036854775808.0;
        integer = fits ? (long)number : 0;
        return fits;
    }

    /// <summary>Null is false; numbers are true above 0; texts are numbers, empty, <c>true</c> or <c>false</c>.</summary>
    public static bool TryBoolean(DataValue value, out bool boolean)
    {
        switch (value.Kind)
        {
            case DataKind.Null:
                boolean = false;
                return true;
            case DataKind.Boolean:
                boolean = value.AsBoolean();
                return true;
            case DataKind.Integer or DataKind.Number:
                boolean = value.AsDouble() > 0;
                return true;
            case DataKind.Text:
                bool isNumber = TryNumber(value, out double number);
                boolean = number > 0;
                return isNumber || value.AsText().Length == 0;
            default:
                boolean = false;
                return false;
        }
    }

    /// <summary>Null is the empty text; arrays and objects have none.</summary>
    public static bool TryText(DataValue value, out string text)
    {
        text = value.Kind switch
        {
            DataKind.Null => "",
            DataKind.Boolean => value.AsBoolean() ? "true" : "false",
            DataKind.Integer => IntegerText(value.AsInteger()),
            DataKind.Number => ValueText.Of(value.AsDouble()),
            DataKind.Text => value.AsText(),
            _ => "",
        };
        return value.Kind is not (DataKind.Array or DataKind.Object);
    }

    /// <summary>Formats an integer like the equal double, if there is one.</summary>
    private static string IntegerText(long value)
        => value is >= -(1L << 53) and <= 1L << 53 ? ValueText.Of(value) : value.ToString(CultureInfo.InvariantCulture);

    private static bool TryOther(DataValue value, out double number)
    {
        number = 0;
        switch (value.Kind)
        {
            case DataKind.Null:
                return true;
            case DataKind.Boolean:
                number = value.AsBoolean() ? 1 : 0;
                return true;
            case DataKind.Text:
                return TryRead(value.AsText(), out number);
            default:
                return false;
        }
    }

    private static bool TryRead(string text, out double number)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        if (IsDecimal(trimmed))
        {
            return double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
        }

        number = 0;
        bool isNegative = trimmed.StartsWith("-", StringComparison.Ordinal);
        ReadOnlySpan<char> unsigned = isNegative || trimmed.StartsWith("+", StringComparison.Ordinal) ? trimmed[1..] : trimmed;
        if (unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase) || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            number = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        if (trimmed.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            number = double.NaN;
            return true;
        }

        number = text == "true" ? 1 : 0;
        return text is "true" or "false";
    }

    /// <summary>Sign, digits with or without a point, exponent; at least one digit.</summary>
    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        int at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        int start = at;
        int points = 0;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] == '.' && points++ == 0)))
        {
            at++;
        }

        if (at - start - points < 1)
        {
            return false;
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            at += at < text.Length && text[at] is '+' or '-' ? 1 : 0;
            int digits = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            return at == text.Length && at > digits;
        }

        return at == text.Length;
    }
}

using System.Globalization;

namespace ConnectorDb.Core.Csv;

/// <summary>Reads numbers. Whole numbers keep all digits.</summary>
internal sealed class NumberReader(NumberFormat format)
{
    private const int SafeDigits = 18;
    private const int MostLetters = 128;
    private const string Letters = "0123456789.eE+-";

    /// <param name="isStrict">Only as in JSON: no zeros or plus before the number, and digits on both sides of the decimal mark.</param>
    /// <param name="isExact">Digits that a double does not hold are kept.</param>
    public bool TryRead(ReadOnlySpan<char> text, bool isStrict, bool isExact, out DataValue value)
    {
        if (TryReadInteger(text, isStrict, out long integer))
        {
            value = DataValue.From(integer);
            return true;
        }

        value = default;
        if (AsciiDigits.IsNeeded(text))
        {
            return TryRead(AsciiDigits.Of(text), isStrict, isExact, out value);
        }

        if (format.GroupMarks.Length > 0 && text.IndexOfAny(format.GroupMarks) >= 0)
        {
            return format.TryUngroup(text, out string plain) && TryRead(plain, isStrict, isExact, out value);
        }

        Span<char> invariant = stackalloc char[MostLetters];
        if (text.IsEmpty || text.Length > MostLetters || !TryToInvariant(text, invariant))
        {
            return false;
        }

        invariant = invariant[..text.Length];
        bool isWhole = invariant.IndexOfAny(".eE") < 0;
        if (isStrict && !IsJson(invariant))
        {
            return false;
        }

        if (!double.TryParse(invariant, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || (!isExact && !double.IsFinite(number)))
        {
            return false;
        }

        value = isWhole || isExact ? ReadExact(invariant) : DataValue.From(number);
        return true;
    }

    /// <summary>True for a number that is larger than every double.</summary>
    public bool IsTooLarge(ReadOnlySpan<char> text)
    {
        Span<char> invariant = stackalloc char[MostLetters];
        return text.Length is > 0 and <= MostLetters && TryToInvariant(text, invariant)
            && double.TryParse(invariant[..text.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsInfinity(number);
    }

    /// <summary>Reads up to 18 digits.</summary>
    private static bool TryReadInteger(ReadOnlySpan<char> text, bool isStrict, out long integer)
    {
        integer = 0;
        int start = !text.IsEmpty && text[0] == '-' ? 1 : 0;
        int digits = text.Length - start;
        if (digits is 0 or > SafeDigits || (isStrict && digits > 1 && text[start] == '0'))
        {
            return false;
        }

        for (int i = start; i < text.Length; i++)
        {
            int digit = text[i] - '0';
            if ((uint)digit > 9)
            {
                return false;
            }

            integer = (integer * 10) + digit;
        }

        // Minus zero is a double.
        bool isZero = start == 1 && integer == 0;
        integer = start == 1 ? -integer : integer;
        return !isZero;
    }

    private bool TryToInvariant(ReadOnlySpan<char> text, Span<char> invariant)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            bool isMark = letter == format.DecimalMark;
            if (!isMark && (letter == '.' || !Letters.Contains(letter, StringComparison.Ordinal)))
            {
                return false;
            }

            invariant[i] = isMark ? '.' : letter;
        }

        return true;
    }

    /// <summary>Reads a number as JSON, which keeps integers of more than 64 bits.</summary>
    private static DataValue ReadExact(ReadOnlySpan<char> text)
    {
        bool isNegative = text[0] == '-';
        ReadOnlySpan<char> digits = text.TrimStart("+-").TrimStart('0');
        string json = string.Concat(isNegative ? "-" : "", digits.IsEmpty || !char.IsAsciiDigit(digits[0]) ? "0" : "", digits);
        json = json.EndsWith('.') ? json + "0" : json.Replace(".e", ".0e", StringComparison.OrdinalIgnoreCase);
        return DataValue.ReadNumber(System.Text.Encoding.ASCII.GetBytes(json));
    }

    private static bool IsJson(ReadOnlySpan<char> text)
    {
        text = text[0] == '-' ? text[1..] : text;
        int whole = text.IndexOfAnyExceptInRange('0', '9');
        whole = whole < 0 ? text.Length : whole;
        if (whole == 0 || (whole > 1 && text[0] == '0'))
        {
            return false;
        }

        return whole == text.Length || text[whole] != '.' || (whole + 1 < text.Length && char.IsAsciiDigit(text[whole + 1]));
    }
}

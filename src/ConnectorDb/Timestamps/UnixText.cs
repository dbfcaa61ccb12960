using System.Globalization;

namespace ConnectorDb.Timestamps;

/// <summary>Unix times as text.</summary>
internal static class UnixText
{
    /// <summary>From March 1973 to November 2286, in seconds. A number outside is more often a day, a time of day, or in milliseconds.</summary>
    private const double FirstPlausible = 1e8;

    private const double LastPlausible = 1e10;
    private const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent;

    public static bool TryParsePlausible(ReadOnlySpan<char> text, out double seconds)
        => TryParse(text, out seconds) && seconds is >= FirstPlausible and < LastPlausible && text[0] != '0' && !IsRounded(text);

    /// <summary>True for a number such as <c>1.77254E+09</c>, as spreadsheets show it: its last whole digits are missing.</summary>
    public static bool IsRounded(ReadOnlySpan<char> text)
    {
        int exponent = text.IndexOfAny('e', 'E');
        if (exponent < 0 || !int.TryParse(text[(exponent + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int power))
        {
            return false;
        }

        int mark = text.IndexOfAny('.', ',');
        return power > (mark < 0 ? 0 : exponent - mark - 1);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out double seconds)
        => double.TryParse(text, Styles, CultureInfo.InvariantCulture, out seconds)
           || (HasDecimalComma(text) && double.TryParse(text.ToString().Replace(',', '.'), Styles, CultureInfo.InvariantCulture, out seconds));

    /// <summary>Reads a number of a smaller unit.</summary>
    /// <param name="perSecond">1000 for milliseconds.</param>
    public static bool TryParse(ReadOnlySpan<char> text, decimal perSecond, out long whole, Span<char> decimals, out int length)
    {
        (whole, length) = (0, 0);
        if (!decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out decimal number)
            && !(HasDecimalComma(text) && decimal.TryParse(text.ToString().Replace(',', '.'), Styles, CultureInfo.InvariantCulture, out number)))
        {
            return false;
        }

        decimal seconds = number / perSecond;
        decimal floor = Math.Floor(seconds);
        if (!UnixTime.IsInCalendar((double)floor))
        {
            return false;
        }

        whole = (long)floor;
        Span<char> fraction = stackalloc char[32];
        (seconds - floor).TryFormat(fraction, out int written, provider: CultureInfo.InvariantCulture);
        length = Math.Max(0, written - 2);
        fraction[Math.Min(2, written)..written].CopyTo(decimals);
        return true;
    }

    /// <summary>True for digits with one comma after more of them than a group has, so that it is no mark between groups.</summary>
    private static bool HasDecimalComma(ReadOnlySpan<char> text)
    {
        const int Group = 3;
        int comma = text.IndexOf(',');
        return comma > Group && text.LastIndexOf(',') == comma && !text[..comma].ContainsAnyExceptInRange('0', '9');
    }
}

using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ConnectorDb.Timestamps;

/// <summary>Dates as people write them: with the English name of the month, or in the order of a culture.</summary>
internal static partial class DateText
{
    /// <summary>UTC if the text has an offset; else a time of no zone. A time of day alone is on the first day of the calendar.</summary>
    private const DateTimeStyles Styles = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault;

    private const int DigitsOfYear = 4;

    private static readonly SearchValues<string> s_months = SearchValues.Create(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], StringComparison.OrdinalIgnoreCase);

    public static bool TryParse(ReadOnlySpan<char> text, CultureInfo? culture, out LocalTime time)
    {
        time = default;
        CultureInfo language = culture ?? CultureInfo.InvariantCulture;
        if (!HasYear(text)
            || (culture is null && !text.ContainsAny(s_months))
            || (!TryRead(text, null, language, out DateTime read) && !EndOfDay.TryParse(text, null, language, out read))
            || !HasDate(read)
            || !HasDay(text))
        {
            return false;
        }

        time = Of(read, new char[7]);
        return true;
    }

    /// <summary>Reads a text as .NET does.</summary>
    /// <param name="format">Null for all forms of the culture.</param>
    public static bool TryRead(ReadOnlySpan<char> text, string? format, CultureInfo culture, out DateTime read)
        => format is null ? DateTime.TryParse(text, culture, Styles, out read) : DateTime.TryParseExact(text, format, culture, Styles, out read);

    /// <summary>True for a date with the year last, of numbers only, in a culture that writes the year first: it does not say the order of day and month.</summary>
    public static bool HasOpenOrder(ReadOnlySpan<char> text, CultureInfo? culture)
        => culture?.DateTimeFormat.ShortDatePattern.AsSpan().IndexOfAny("yMd") is { } first
            && first >= 0
            && culture.DateTimeFormat.ShortDatePattern[first] == 'y'
            && Refusal.IsYearLast(text);

    public static bool HasDate(DateTime read) => read.Ticks >= TimeSpan.TicksPerDay;

    /// <param name="decimals">Room for 7 digits.</param>
    public static LocalTime Of(DateTime read, Span<char> decimals)
    {
        long seconds = Math.DivRem(read.Ticks, TimeSpan.TicksPerSecond, out long ticks);
        ticks.TryFormat(decimals, out _, "0000000", CultureInfo.InvariantCulture);
        return new LocalTime(seconds - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond), decimals[..7], read.Kind == DateTimeKind.Utc ? 0 : null);
    }

    /// <summary>False for a month and a year alone, of which .NET takes the first day.</summary>
    private static bool HasDay(ReadOnlySpan<char> text)
        => DayOrMonthPattern().Count(text) >= (MonthNamePattern().IsMatch(text) ? 1 : 2);

    /// <summary>A year of four digits. Without one, .NET takes the year of today, or a number of two digits for a year.</summary>
    private static bool HasYear(ReadOnlySpan<char> text)
    {
        int digits = 0;
        foreach (char letter in text)
        {
            if (char.IsAsciiDigit(letter))
            {
                digits++;
            }
            else if (digits == DigitsOfYear)
            {
                return true;
            }
            else
            {
                digits = 0;
            }
        }

        return digits == DigitsOfYear;
    }

    /// <summary>A number of one or two digits that is not of a time of day.</summary>
    [GeneratedRegex(@"(?<![\d:])\d{1,2}(?![\d:])", RegexOptions.CultureInvariant)]
    private static partial Regex DayOrMonthPattern();

    [GeneratedRegex(@"\p{L}{3}", RegexOptions.CultureInvariant)]
    private static partial Regex MonthNamePattern();
}

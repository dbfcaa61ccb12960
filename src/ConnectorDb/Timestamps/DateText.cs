using System.Buffers;
using System.Globalization;

namespace ConnectorDb.Timestamps;

/// <summary>Dates as people write them: with the English name of the month, or in the order of a culture.</summary>
internal static class DateText
{
    /// <summary>UTC if the text has an offset; else a time of no zone. A time of day alone is on the first day of the calendar.</summary>
    public const DateTimeStyles Styles = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault;

    private const int DigitsOfYear = 4;

    private static readonly SearchValues<string> s_months = SearchValues.Create(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], StringComparison.OrdinalIgnoreCase);

    public static bool TryParse(ReadOnlySpan<char> text, CultureInfo? culture, out LocalTime time)
    {
        time = default;
        if (!HasYear(text)
            || (culture is null && !text.ContainsAny(s_months))
            || !DateTime.TryParse(text, culture ?? CultureInfo.InvariantCulture, Styles, out DateTime read)
            || !HasDate(read))
        {
            return false;
        }

        time = Of(read, new char[7]);
        return true;
    }

    public static bool HasDate(DateTime read) => read.Ticks >= TimeSpan.TicksPerDay;

    /// <param name="decimals">Room for 7 digits.</param>
    public static LocalTime Of(DateTime read, Span<char> decimals)
    {
        long seconds = Math.DivRem(read.Ticks, TimeSpan.TicksPerSecond, out long ticks);
        ticks.TryFormat(decimals, out _, "0000000", CultureInfo.InvariantCulture);
        return new LocalTime(seconds - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond), decimals[..7], read.Kind == DateTimeKind.Utc ? 0 : null);
    }

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
}

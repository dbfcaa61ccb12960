using System.Globalization;

namespace ConnectorDb.Timestamps;

/// <summary>The hour 24 of ISO 8601 in other forms of dates: <c>24:00</c> is the end of the day. .NET has no such hour.</summary>
internal static class EndOfDay
{
    private const string Hour = "24";
    private const DateTimeStyles Styles = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal;

    /// <summary>Reads a date by a format of .NET, or by all forms of the culture.</summary>
    /// <param name="format">Null for all forms of the culture.</param>
    /// <param name="time">UTC if the text has an offset; else a time of no zone.</param>
    public static bool TryParse(ReadOnlySpan<char> text, string? format, CultureInfo culture, out DateTime time)
    {
        for (int at = text.IndexOf(Hour, StringComparison.Ordinal); at >= 0; at = Next(text, at))
        {
            string midnight = With("00", text, at);
            if (IsMidnight(midnight, With("01", text, at), format, culture)
                && DateText.TryRead(midnight, format, culture, out time)
                && time < DateTime.MaxValue.Date)
            {
                time = time.AddDays(1);
                return true;
            }
        }

        time = default;
        return false;
    }

    /// <summary>The digits are the hour if the time with 01 in their place is an hour after that with 00. A text with an offset has its own midnight.</summary>
    private static bool IsMidnight(string midnight, string next, string? format, CultureInfo culture)
        => TryParse(midnight, format, culture, out DateTimeOffset first)
            && first.TimeOfDay == TimeSpan.Zero
            && TryParse(next, format, culture, out DateTimeOffset second)
            && second - first == TimeSpan.FromHours(1);

    private static bool TryParse(string text, string? format, CultureInfo culture, out DateTimeOffset time)
        => format is null ? DateTimeOffset.TryParse(text, culture, Styles, out time) : DateTimeOffset.TryParseExact(text, format, culture, Styles, out time);

    private static int Next(ReadOnlySpan<char> text, int at)
    {
        int next = text[(at + 1)..].IndexOf(Hour, StringComparison.Ordinal);
        return next < 0 ? -1 : at + 1 + next;
    }

    private static string With(string hour, ReadOnlySpan<char> text, int at) => string.Concat(text[..at], hour, text[(at + Hour.Length)..]);
}

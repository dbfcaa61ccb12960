using System.Globalization;
using System.Text.RegularExpressions;

namespace ConnectorDb.Timestamps;

/// <summary>The reason for which a text is not read as a time, and advice.</summary>
internal static partial class Refusal
{
    private const int LongestShown = 60;
    private const string Parameters = "-TimestampFormat (such as 'dd.MM.yyyy HH:mm')";

    public static string Of(ReadOnlySpan<char> text, TimestampOptions options)
    {
        (string fact, string advice) = Of(text, options.Culture);
        return $"{Shown(text)} {fact} {options.Advice ?? advice}";
    }

    private static (string Fact, string Advice) Of(ReadOnlySpan<char> text, CultureInfo? culture)
    {
        string trimmed = text.Trim().ToString();
        if (trimmed.Length == 0)
        {
            return ("is not a time: it is empty.", "Omit it, or give ISO 8601 text such as '2026-01-31 18:00'.");
        }

        if (ClockPattern().IsMatch(trimmed))
        {
            return ("is a time of day without a date.", "Give the date as well, as in '2026-01-31 18:00'.");
        }

        if (MonthOrWeekPattern().Match(trimmed) is { Success: true } period)
        {
            return period.Groups["week"].Success
                ? ("is a week, and no time of it.", $"Give its day as well, as in '{trimmed}{(trimmed.Contains('-', StringComparison.Ordinal) ? "-" : "")}1'.")
                : ("is a month, and no time of it.", $"Give its day as well, such as '2026-01-31', or -TimestampFormat '{(period.Groups["name"].Success ? "MMMM yyyy" : "yyyy-MM")}' for its first day.");
        }

        if (ShortYearPattern().IsMatch(trimmed))
        {
            return ("has a year of two digits.", "Give -TimestampFormat, such as 'dd.MM.yy HH:mm'.");
        }

        if (YearLastPattern().IsMatch(trimmed))
        {
            return culture is null
                ? NumericDate.Of(trimmed).Problem
                : ($"is not a time of the culture {culture.Name}.", $"Give {Parameters}.");
        }

        if (UnixText.TryParse(trimmed, out double number) && double.IsFinite(number))
        {
            return UnixText.IsRounded(trimmed)
                ? ("is a number without its last digits.", "Give all digits of unix seconds, such as 1772539200, or -TimestampFormat unix if the missing ones are 0.")
                : OfNumber(number);
        }

        return ZoneNamePattern().Match(trimmed) is { Success: true } zone
            ? OfZone(trimmed[..zone.Index], zone.Value.Trim())
            : ("is not a time.", $"Give ISO 8601 text such as '2026-01-31 18:00' or unix seconds, or say its form by {Parameters}.");
    }

    public static string Format(ReadOnlySpan<char> text, IReadOnlyList<string> formats)
        => $"{Shown(text)} is not a time of the format {string.Join(" or ", formats.Select(format => $"'{format}'"))}.";

    public static string OpenOrder(ReadOnlySpan<char> text, TimestampOptions options)
        => $"{Shown(text)} does not say whether the day or the month comes first: the culture {options.Culture!.Name} writes the year first. {options.Advice ?? $"Give {Parameters}."}";

    public static string OtherCalendar(ReadOnlySpan<char> text, LocalTime time, TimestampOptions options)
        => $"{Shown(text)} is in the year {IsoText.Of(time.Clock)[..4]} of the Gregorian calendar, which is more than a century from now. "
            + $"With the culture {options.Culture!.Name}, dates with slashes or dots are of its calendar, and dates of ISO 8601 (with hyphens) are Gregorian. "
            + "Write the date in the other form, give -TimestampFormat (such as 'yyyy-MM-dd', read in the calendar of -Culture), or omit -Culture for Gregorian dates.";

    public static string NoLeapSecond(ReadOnlySpan<char> text)
        => $"{Shown(text)} is not a time: the second 60 exists only as a leap second, at 23:59:60 UTC of 30 June or 31 December. Give a second from 00 to 59.";

    /// <summary>Around the year 9999, the nearest times that a datapoint can have are 31 microseconds apart.</summary>
    public static string Rounded(ReadOnlySpan<char> text)
        => $"{Shown(text)} is nearer to the year 10000 than to any time before it that a datapoint can have. Give '9999-12-31T23:59:59Z', or omit an end.";

    /// <param name="first">The earlier of the two times, in unix seconds.</param>
    /// <param name="second">The later one.</param>
    public static string Repeated(ReadOnlySpan<char> text, double first, double second, TimeZoneInfo zone, TimestampOptions options)
        => $"{Shown(text)} is not one time: this hour occurs twice in {zone.Id}. {OfOffset($"'{InZone(first, zone)}' or '{InZone(second, zone)}'", options)}";

    /// <param name="clock">Seconds since 1970-01-01T00:00 of the local clock.</param>
    /// <param name="offset">The offset before the clocks go forward, in seconds.</param>
    public static string Missing(ReadOnlySpan<char> text, long clock, long offset, TimeZoneInfo zone, TimestampOptions options)
        => $"{Shown(text)} does not exist in {zone.Id}: the clocks go forward there. {OfOffset($"'{IsoText.Of(clock - offset, TimeSpan.FromSeconds(offset))}'", options)}";

    /// <summary>A date of numbers only, with the year last, that is a date in one order of day and month only.</summary>
    public static bool ShowsOrder(ReadOnlySpan<char> text) => IsYearLast(text.Trim()) && NumericDate.Of(text.Trim().ToString()).ShowsOrder;

    /// <summary>A date of numbers only, with the year last.</summary>
    public static bool IsYearLast(ReadOnlySpan<char> text) => YearLastPattern().IsMatch(text);

    private static string InZone(double seconds, TimeZoneInfo zone) => IsoText.Of(seconds, zone.GetUtcOffset(UnixTime.ToDateTimeOffset(seconds)));

    private static string OfOffset(string example, TimestampOptions options)
        => options.Advice is null ? $"Give the offset, as in {example}, or -TimeZone for times of another zone." : $"Give the offset, as in {example}.";

    private static (string Fact, string Advice) OfZone(string time, string abbreviation)
    {
        (string example, string zone) = ZoneAbbreviations.Of(abbreviation) is { } usual ? ($"as in '{time}{usual.Offset}'", usual.Zone) : ("such as +01:00, in its place", "Europe/Berlin");
        return ($"has '{abbreviation}' for a zone, which can be several offsets.", $"Give the offset, {example}, or -TimestampFormat (with '{abbreviation}' in quotes) and -TimeZone (such as {zone}).");
    }

    private static (string Fact, string Advice) OfNumber(double number)
    {
        (string Unit, string Format)? unit = Math.Abs(number) switch
        {
            >= 1e18 and < 1e19 => ("nanoseconds", "unixns"),
            >= 1e15 and < 1e16 => ("microseconds", "unixus"),
            >= 1e12 and < 1e13 => ("milliseconds", "unixms"),
            _ => null,
        };
        return unit is { } found
            ? ($"is not a time: numbers are unix seconds (not milliseconds), and this may be {found.Unit}.", $"Give -TimestampFormat {found.Format} if it is.")
            : ("is a number, and no unix time of 1973 to 2286.", "Give -TimestampFormat: 'unix' if it is in seconds nevertheless, or its form (such as 'yyyyMMddHHmmss').");
    }

    private static string Shown(ReadOnlySpan<char> text)
        => text.Length <= LongestShown ? $"'{text}'" : $"'{text[..LongestShown]}…'";

    [GeneratedRegex(@"^\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s*[AaPp][Mm])?\s*(?:[Zz]|[+-]\d\d:?\d\d)?$", RegexOptions.CultureInvariant)]
    private static partial Regex ClockPattern();

    [GeneratedRegex(@"^(?:\d{4}-?W(?<week>\d\d)|\d{4}-\d\d|(?<name>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*),? \d{4})$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MonthOrWeekPattern();

    [GeneratedRegex(@"^\d{1,2}[./-]\s?(?:\d{1,2}|[A-Za-z]{3,9})[./-]\s?\d{1,2}(?:$|[\sT,])", RegexOptions.CultureInvariant)]
    private static partial Regex ShortYearPattern();

    [GeneratedRegex(@"^\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{4}(?:$|[\sT,])", RegexOptions.CultureInvariant)]
    private static partial Regex YearLastPattern();

    [GeneratedRegex(@"(?<=:\d\d(?:[.,]\d+)?)\s+(?!AM$|PM$|GMT$|UTC$)[A-Z]{2,5}$", RegexOptions.CultureInvariant)]
    private static partial Regex ZoneNamePattern();
}

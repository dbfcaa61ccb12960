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

        if (ShortYearPattern().IsMatch(trimmed))
        {
            return ("has a year of two digits.", "Give -TimestampFormat, such as 'dd.MM.yy HH:mm'.");
        }

        if (YearLastPattern().IsMatch(trimmed))
        {
            return culture is null
                ? ("does not say whether the day or the month comes first.", $"Give {Parameters} or -Culture (such as de-DE).")
                : ($"is not a time of the culture {culture.Name}.", $"Give {Parameters}.");
        }

        if (UnixText.TryParse(trimmed, out double number) && double.IsFinite(number))
        {
            return OfNumber(number);
        }

        return ZoneNamePattern().Match(trimmed) is { Success: true } zone
            ? ($"has '{zone.Value.Trim()}' for a zone, which can be several offsets.", "Give the offset (such as +02:00), or -TimestampFormat and -TimeZone (such as Europe/Berlin).")
            : ("is not a time.", $"Give ISO 8601 text such as '2026-01-31 18:00' or unix seconds, or say its form by {Parameters}.");
    }

    public static string Format(ReadOnlySpan<char> text, IReadOnlyList<string> formats)
        => $"{Shown(text)} is not a time of the format {string.Join(" or ", formats.Select(format => $"'{format}'"))}.";

    public static string Repeated(ReadOnlySpan<char> text, TimeZoneInfo zone, TimestampOptions options)
        => $"{Shown(text)} is not one time: this hour occurs twice in {zone.Id}. {OfOffset("2026-10-25 02:30+02:00", options)}";

    public static string Missing(ReadOnlySpan<char> text, TimeZoneInfo zone, TimestampOptions options)
        => $"{Shown(text)} does not exist in {zone.Id}: the clocks go forward there. {OfOffset("2026-03-29 02:30+01:00", options)}";

    private static string OfOffset(string example, TimestampOptions options)
        => options.Advice is null ? $"Give the offset, as in '{example}', or -TimeZone for times of another zone." : $"Give the offset, as in '{example}'.";

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

    [GeneratedRegex(@"^\d{1,2}[./-]\s?(?:\d{1,2}|[A-Za-z]{3,9})[./-]\s?\d{1,2}(?:$|[\sT,])", RegexOptions.CultureInvariant)]
    private static partial Regex ShortYearPattern();

    [GeneratedRegex(@"^\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{4}(?:$|[\sT,])", RegexOptions.CultureInvariant)]
    private static partial Regex YearLastPattern();

    [GeneratedRegex(@"(?<=:\d\d(?:[.,]\d+)?)\s+[A-Z]{2,5}$", RegexOptions.CultureInvariant)]
    private static partial Regex ZoneNamePattern();
}

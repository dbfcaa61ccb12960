using System.Globalization;
using System.Text.RegularExpressions;
using ConnectorDb.Timestamps;

namespace ConnectorDb.Core.Csv;

/// <summary>Tells values from the names and units of columns.</summary>
internal static partial class CellText
{
    private static readonly TimestampParser s_times = new(new TimestampOptions { TimeZone = TimeZoneInfo.Utc });

    public static bool IsValue(string text) => IsNumber(text) || IsTime(text);

    public static bool IsNumber(string text)
        => AsciiDigits.Of(text) is var ascii && ascii.AsSpan().ContainsAnyInRange('0', '9')
           && double.TryParse(ascii.Replace(',', '.').Replace(NumberFormat.ArabicDecimalMark, '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>True for a text with a date, also where the order of day and month is open, and for unix seconds.</summary>
    public static bool IsTime(string text)
    {
        lock (s_times)
        {
            return DatePattern().IsMatch(text) || s_times.TryParse(text, out _, out _);
        }
    }

    public static bool IsClock(string text) => ClockPattern().IsMatch(text);

    [GeneratedRegex(@"^\s*\d{1,4}[-/.]\s?(?:\d{1,2}|\p{L}{3,9}\.?)[-/.]\s?\d{1,4}(?:$|[\sT,])", RegexOptions.CultureInvariant)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"^\s*\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s*[AaPp]\.?[Mm]\.?)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex ClockPattern();
}

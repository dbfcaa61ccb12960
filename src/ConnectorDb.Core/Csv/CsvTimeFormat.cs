using System.Globalization;
using ConnectorDb.Timestamps;

namespace ConnectorDb.Core.Csv;

/// <summary>Writes times as text.</summary>
internal sealed class CsvTimeFormat
{
    private readonly Func<double, string> _write;

    /// <exception cref="InvalidValueException">The format is not one of .NET.</exception>
    public CsvTimeFormat(CsvWriteOptions options)
    {
        CultureInfo culture = options.Culture ?? CultureInfo.InvariantCulture;
        _write = options.TimestampFormat?.ToUpperInvariant() switch
        {
            null or "ISO" => options.TimeZone is { } zone ? t => Iso(t, zone) : IsoText.Of,
            "UNIX" => t => t.ToString("R", CultureInfo.InvariantCulture),
            "UNIXMS" => t => Unix(t, 1_000),
            "UNIXUS" => t => Unix(t, 1_000_000),
            "UNIXNS" => t => Unix(t, 1_000_000_000),
            _ => t => InZone(t, options.TimeZone ?? TimeZoneInfo.Local).ToString(options.TimestampFormat, culture),
        };

        try
        {
            _write(0);
        }
        catch (FormatException error)
        {
            throw new InvalidValueException(
                $"'{options.TimestampFormat}' is not a format of times: {error.Message} Give one such as 'yyyy-MM-dd HH:mm:ss', 'unix' or 'unixms', or omit -TimestampFormat for ISO 8601.",
                options.TimestampFormat);
        }

        if (!HasYear(options.TimestampFormat, culture))
        {
            throw new InvalidValueException(
                $"The format '{options.TimestampFormat}' has no year, so that the file would not say when its values were. Give one with 'yyyy', such as 'yyyy-MM-dd HH:mm:ss', or one of {string.Join(", ", TimestampFormat.Names)}.",
                options.TimestampFormat);
        }
    }

    public string Write(double seconds) => _write(seconds);

    /// <summary>True when a format writes two years differently. The weekdays of both years are the same.</summary>
    private static bool HasYear(string? format, CultureInfo culture)
        => format is null || TimestampFormat.Names.Contains(format, StringComparer.OrdinalIgnoreCase)
           || new DateTimeOffset(2001, 1, 1, 0, 0, 0, default).ToString(format, culture) != new DateTimeOffset(2007, 1, 1, 0, 0, 0, default).ToString(format, culture);

    private static DateTimeOffset InZone(double seconds, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(UnixTime.ToDateTimeOffset(seconds), zone);

    private static string Iso(double seconds, TimeZoneInfo zone) => IsoText.Of(seconds, InZone(Math.Floor(seconds), zone).Offset);

    private static string Unix(double seconds, long perSecond)
        => decimal.Round((decimal)seconds * perSecond).ToString(CultureInfo.InvariantCulture);
}

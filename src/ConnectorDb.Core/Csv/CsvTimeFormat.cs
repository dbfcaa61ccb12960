using System.Globalization;
using ConnectorDb.Timestamps;

namespace ConnectorDb.Core.Csv;

/// <summary>Writes times as text.</summary>
internal sealed class CsvTimeFormat
{
    /// <summary>A time as a double has no more digits.</summary>
    private const long Tolerance = 5;

    private readonly Func<double, string> _write;
    private readonly TimeZoneInfo _zone;
    private readonly string? _format;
    private readonly (long Ticks, string Lost) _unit = (1, "");
    private long _shortened;

    /// <exception cref="InvalidValueException">The format is not one of .NET.</exception>
    public CsvTimeFormat(CsvWriteOptions options)
    {
        CultureInfo culture = options.Culture ?? CultureInfo.InvariantCulture;
        _format = options.TimestampFormat;
        _zone = options.TimeZone ?? TimeZoneInfo.Local;
        _write = options.TimestampFormat?.ToUpperInvariant() switch
        {
            null or "ISO" => options.TimeZone is { } zone ? t => Iso(t, zone) : IsoText.Of,
            "UNIX" => t => t.ToString("R", CultureInfo.InvariantCulture),
            "UNIXMS" => t => Unix(t, 1_000),
            "UNIXUS" => t => Unix(t, 1_000_000),
            "UNIXNS" => t => Unix(t, 1_000_000_000),
            _ => t => InZone(t, _zone).ToString(options.TimestampFormat, culture),
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

        _unit = options.TimestampFormat is { } given ? UnitOf(given, culture) : _unit;
        if (options.TimestampFormat is { } format && LostBy(format, culture) is { } lost)
        {
            throw new InvalidValueException(
                $"The format '{format}' has no {lost}, so that the file would not say when its values were. Give one with year, month and day, such as 'yyyy-MM-dd HH:mm:ss', or one of {string.Join(", ", TimestampFormat.Names)}.",
                format);
        }
    }

    /// <summary>A warning when times were written without a part of them; null when the file has them whole.</summary>
    public string? Warning => _shortened == 0 ? null : string.Create(
        CultureInfo.InvariantCulture, $"The format '{_format}' does not write {_unit.Lost}, which {_shortened:N0} of the times have: read back, they are other times. Omit -TimestampFormat for ISO 8601 with all digits, or give a longer format.");

    public string Write(double seconds)
    {
        if (_unit.Ticks > 1 && InZone(seconds, _zone).DateTime.Ticks % _unit.Ticks is var rest && rest > Tolerance && _unit.Ticks - rest > Tolerance)
        {
            _shortened++;
        }

        return _write(seconds);
    }

    /// <summary>The first part of a time that a format does not write: it writes two times that only differ there alike; null when there is none.</summary>
    /// <remarks>The weekdays of each pair are the same. A format without a time of day is one of days.</remarks>
    private static string? LostBy(string format, CultureInfo culture)
    {
        if (TimestampFormat.Names.Contains(format, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        string first = At(2001, 1, 1, 1);
        return first == At(2007, 1, 1, 1) ? "year"
            : first == At(2001, 10, 1, 1) ? "month"
            : first == At(2001, 1, 8, 1) ? "day"
            : first != At(2001, 1, 1, 2) && first == At(2001, 1, 1, 13) ? "sign of morning or afternoon ('tt', or 'HH' instead of 'hh')"
            : null;

        string At(int year, int month, int day, int hour) => new DateTimeOffset(year, month, day, hour, 0, 0, default).ToString(format, culture);
    }

    /// <summary>The smallest part of a time that a format writes, and the name of the rest.</summary>
    private static (long Ticks, string Lost) UnitOf(string format, CultureInfo culture)
    {
        const string Digits = "all digits of the second";
        return format.ToUpperInvariant() switch
        {
            "ISO" or "UNIX" or "UNIXNS" => (1, ""),
            "UNIXMS" => (TimeSpan.TicksPerMillisecond, Digits),
            "UNIXUS" => (TimeSpan.TicksPerMicrosecond, Digits),
            _ when !Writes(TimeSpan.TicksPerHour) => (TimeSpan.TicksPerDay, "the time of day"),
            _ when !Writes(TimeSpan.TicksPerMinute) => (TimeSpan.TicksPerHour, "the minute"),
            _ when !Writes(TimeSpan.TicksPerSecond) => (TimeSpan.TicksPerMinute, "the second"),
            _ => (Fraction(), Digits),
        };

        bool Writes(long ticks) => new DateTimeOffset(2001, 1, 1, 1, 0, 0, default).AddTicks(ticks).ToString(format, culture) != new DateTimeOffset(2001, 1, 1, 1, 0, 0, default).ToString(format, culture);

        long Fraction()
        {
            long ticks = 1;
            while (ticks < TimeSpan.TicksPerSecond && !Writes(ticks))
            {
                ticks *= 10;
            }

            return ticks;
        }
    }

    private static DateTimeOffset InZone(double seconds, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(UnixTime.ToDateTimeOffset(seconds), zone);

    private static string Iso(double seconds, TimeZoneInfo zone) => IsoText.Of(seconds, InZone(Math.Floor(seconds), zone).Offset);

    private static string Unix(double seconds, long perSecond)
        => decimal.Round((decimal)seconds * perSecond).ToString(CultureInfo.InvariantCulture);
}

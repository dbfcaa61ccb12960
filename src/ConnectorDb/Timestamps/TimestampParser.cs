using System.Globalization;

namespace ConnectorDb.Timestamps;

/// <summary>
/// Reads texts as times: ISO 8601, unix seconds, and dates with the English name of the month, or the given formats. A text that may be
/// two different times is refused with a reason. ISO 8601 and numbers are read without allocation. For one thread.
/// </summary>
public sealed class TimestampParser
{
    /// <summary>A date of the other calendar is centuries away. In seconds.</summary>
    private const long Century = 100L * 366 * 86400;

    /// <summary>10000-01-01T00:00:00Z, in unix seconds.</summary>
    private const double Year10000 = 253402300800;

    private readonly TimestampOptions _options;
    private readonly TimestampFormat[] _formats;
    private readonly LocalClock _clock;
    private readonly Calendar? _calendar;
    private readonly long _now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
    private int _lastFormat;

    /// <exception cref="FormatException">A format has no year.</exception>
    public TimestampParser(TimestampOptions? options = null)
    {
        _options = options ?? new TimestampOptions();
        _formats = [.. _options.Formats.Select(format => TimestampFormat.Of(format, _options.Culture))];
        _calendar = _options.Culture?.DateTimeFormat.Calendar is { } calendar and not GregorianCalendar ? calendar : null;
        _clock = new LocalClock(_options.TimeZone ?? TimeZoneInfo.Local);
    }

    /// <summary>Reads a time on its own. In the hour that occurs twice, it is refused.</summary>
    /// <param name="seconds">Unix seconds, UTC.</param>
    /// <param name="reason">Why it is no time, in one or more sentences that begin with the text; null when it is one.</param>
    public bool TryParse(ReadOnlySpan<char> text, out double seconds, out string? reason)
    {
        bool isTime = TryParse(text, out seconds, out double second, out reason);
        if (isTime && seconds != second)
        {
            reason = Repeated(text, seconds, second);
        }

        return reason is null;
    }

    /// <summary>Reads a local time of .NET by the zone of the options, and one that says its zone by that.</summary>
    public bool TryConvert(DateTime time, out double seconds, out string? reason)
    {
        bool isTime = TryConvert(time, out seconds, out double second, out reason);
        if (isTime && seconds != second)
        {
            reason = Repeated(IsoText.OfLocal(time), seconds, second);
        }

        return reason is null;
    }

    /// <summary>True when only the given formats are read.</summary>
    public bool HasFormats => _formats.Length > 0;

    /// <summary>The zone of times without an offset.</summary>
    public TimeZoneInfo Zone => _clock.Zone;

    /// <summary>The reason to refuse a time of the hour that occurs twice.</summary>
    internal string Repeated(ReadOnlySpan<char> text, double first, double second) => Refusal.Repeated(text, first, second, Zone, _options);

    /// <summary>Reads a time that may occur twice; then <paramref name="second"/> is the later of the two, else the same as <paramref name="first"/>.</summary>
    internal bool TryParse(ReadOnlySpan<char> text, out double first, out double second, out string? reason)
        => TryRead(text, out first, out second, out reason)
           || (_options.Culture is not null && AsciiDigits.IsNeeded(text) && TryRead(AsciiDigits.Of(text), out first, out second, out reason));

    private bool TryRead(ReadOnlySpan<char> text, out double first, out double second, out string? reason)
    {
        ReadOnlySpan<char> trimmed = text.Trim();
        (first, second, reason) = (0, 0, null);
        for (int i = 0; i < _formats.Length; i++)
        {
            int place = (_lastFormat + i) % _formats.Length;
            if (_formats[place].TryParse(trimmed, out LocalTime time))
            {
                _lastFormat = place;
                return TryResolve(trimmed, time, out first, out second, out reason);
            }
        }

        if (_formats.Length > 0)
        {
            reason = Refusal.Format(text, _options.Formats);
            return false;
        }

        if (DateText.HasOpenOrder(trimmed, _options.Culture))
        {
            reason = Refusal.OpenOrder(text, _options);
            return false;
        }

        if (Iso8601.TryParse(trimmed, _calendar, out LocalTime iso) || DateText.TryParse(trimmed, _options.Culture, out iso))
        {
            if (_calendar is not null && Math.Abs(iso.Clock - _now) > Century)
            {
                reason = Refusal.OtherCalendar(text, iso, _options);
                return false;
            }

            return TryResolve(trimmed, iso, out first, out second, out reason);
        }

        if (UnixText.TryParsePlausible(trimmed, out first))
        {
            second = first;
            return true;
        }

        reason = Refusal.Of(text, _options);
        return false;
    }

    internal bool TryConvert(DateTime time, out double first, out double second, out string? reason)
    {
        if (time.Kind == DateTimeKind.Unspecified)
        {
            (long clock, long ticks) = Math.DivRem(time.Ticks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerSecond);
            (clock, ticks) = ticks < 0 ? (clock - 1, ticks + TimeSpan.TicksPerSecond) : (clock, ticks);
            Span<char> decimals = stackalloc char[7];
            ticks.TryFormat(decimals, out _, "0000000", CultureInfo.InvariantCulture);
            return TryResolve([], new LocalTime(clock, decimals, null), out first, out second, out reason)
                || (reason = Refusal.Missing(IsoText.OfLocal(time), clock, _clock.OffsetBefore(clock), Zone, _options)) is null;
        }

        first = second = UnixTime.FromDateTimeOffset(time.ToUniversalTime());
        reason = null;
        return true;
    }

    private bool TryResolve(ReadOnlySpan<char> text, LocalTime time, out double first, out double second, out string? reason)
    {
        (first, second, reason) = (0, 0, null);
        (long First, long Second)? offsets = time.Offset is { } offset ? (offset, offset) : _clock.OffsetsOf(time.Clock);
        if (offsets is not { } found)
        {
            reason = Refusal.Missing(text, time.Clock, _clock.OffsetBefore(time.Clock), Zone, _options);
            return false;
        }

        if (time.IsLeapSecond && !LeapSecond.IsAfterOne(time.Clock - found.First))
        {
            reason = Refusal.NoLeapSecond(text);
            return false;
        }

        first = DecimalSeconds.Of(time.Clock - found.First, time.Decimals);
        if (first >= Year10000 && time.Clock - found.First < Year10000 && text.Length > 0)
        {
            reason = Refusal.Rounded(text);
            return false;
        }

        second = found.Second == found.First ? first : DecimalSeconds.Of(time.Clock - found.Second, time.Decimals);
        return true;
    }
}

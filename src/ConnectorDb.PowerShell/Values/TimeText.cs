using System.Globalization;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Values;

/// <summary>
/// Parses times: dates of .NET (local unless marked as UTC), ISO 8601 text, unix seconds, and time spans before now
/// (<c>1h</c>, <c>7d</c>, a TimeSpan).
/// </summary>
internal static class TimeText
{
    public const string Forms = "Give a date, ISO 8601 text such as '2026-01-31 18:00', unix seconds (not milliseconds), or a time span before now such as '1h' or '7d'.";

    private static readonly double s_first = UnixTime.FromDateTimeOffset(DateTimeOffset.MinValue);
    private static readonly double s_last = UnixTime.FromDateTimeOffset(DateTimeOffset.MaxValue);

    /// <summary>Reads a time in unix seconds.</summary>
    public static bool TryRead(object? value, out double seconds)
    {
        object? bare = PowerShellObject.Unwrap(value);
        switch (bare)
        {
            case double number:
                seconds = number;
                return IsInCalendar(number);
            case int or long or decimal or float or short or byte or uint or ulong:
                seconds = Convert.ToDouble(bare, CultureInfo.InvariantCulture);
                return IsInCalendar(seconds);
            case DateTimeOffset time:
                seconds = UnixTime.FromDateTimeOffset(time);
                return true;
            case DateTime time:
                seconds = UnixTime.FromDateTimeOffset(new DateTimeOffset(time));
                return true;
            case DateOnly day:
                seconds = UnixTime.FromDateTimeOffset(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue)));
                return true;
            case TimeSpan span:
                seconds = Ago(span.TotalSeconds);
                return true;
            case Datapoint point:
                seconds = point.T;
                return true;
            case string text:
                return TryReadText(text, out seconds);
            default:
                seconds = 0;
                return false;
        }
    }

    /// <summary>True for the years 1 to 9999. A later time is usually in milliseconds by mistake; the stream would then reject datapoints of today.</summary>
    public static bool IsInCalendar(double seconds) => seconds >= s_first && seconds <= s_last;

    private static bool TryReadText(string text, out double seconds)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out seconds))
        {
            return IsInCalendar(seconds);
        }

        if (!text.Contains(':', StringComparison.Ordinal) && Duration.TryParse(text, out double span))
        {
            seconds = Ago(span);
            return true;
        }

        bool isTime = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal | DateTimeStyles.AllowWhiteSpaces, out DateTimeOffset time);
        seconds = UnixTime.FromDateTimeOffset(time);
        return isTime;
    }

    private static double Ago(double seconds) => UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) - seconds;
}

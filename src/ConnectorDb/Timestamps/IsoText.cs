using System.Globalization;

namespace ConnectorDb.Timestamps;

/// <summary>Times as ISO 8601 text, in the Gregorian calendar and with the digits 0 to 9 in every culture.</summary>
public static class IsoText
{
    private static readonly long s_last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
    /// <summary>
    /// A time in UTC with all its digits, such as <c>2026-01-31T18:00:00.125Z</c>; it reads back as the same double. Seconds outside of
    /// the years 1 to 9999 stay a number.
    /// </summary>
    public static string Of(double seconds) => Of(seconds, TimeSpan.Zero);

    /// <summary>A time at an offset from UTC, such as <c>2026-01-31T19:00:00.125+01:00</c>.</summary>
    /// <inheritdoc cref="Of(double)"/>
    public static string Of(double seconds, TimeSpan offset)
    {
        double whole = Math.Floor(seconds);
        if (!UnixTime.IsInCalendar(whole) || whole > s_last)
        {
            return seconds.ToString("R", CultureInfo.InvariantCulture);
        }

        bool isInCalendar = UnixTime.IsInCalendar(whole + offset.TotalSeconds) && whole + offset.TotalSeconds <= s_last;
        offset = isInCalendar ? offset : TimeSpan.Zero;
        DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds((long)whole).ToOffset(offset);
        string decimals = seconds == whole ? "" : "." + Decimals(seconds);
        return time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + decimals + (offset == TimeSpan.Zero ? "Z" : time.ToString("zzz", CultureInfo.InvariantCulture));
    }

    /// <summary>A time of no zone, without an offset.</summary>
    internal static string OfLocal(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    /// <summary>The digits after the second: those of the shortest number that is the same double.</summary>
    private static string Decimals(double seconds)
    {
        string text = Math.Abs(seconds).ToString("R", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        string decimals = exponent < 0
            ? text[(text.IndexOf('.', StringComparison.Ordinal) + 1)..]
            : text[..exponent].Replace(".", "", StringComparison.Ordinal)
                .Insert(0, new string('0', -int.Parse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) - 1));
        return seconds > 0 ? decimals : string.Create(decimals.Length, decimals, Complement);
    }

    private static void Complement(Span<char> into, string decimals)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = (char)('0' + (i == into.Length - 1 ? 10 : 9) - (decimals[i] - '0'));
        }
    }
}

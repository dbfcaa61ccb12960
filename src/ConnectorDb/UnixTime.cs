namespace ConnectorDb;

/// <summary>
/// Timestamps are unix seconds (UTC) in a double, as in the ConnectorDB protocol. A double of today's size steps by a
/// quarter of a microsecond. A <see cref="DateTimeOffset"/> has whole microseconds if these are the same double, else as
/// many digits as it can hold: from 2004 on, it converts back to the same double.
/// </summary>
public static class UnixTime
{
    private const double Year10000 = 253402300800;

    internal static readonly double First = FromDateTimeOffset(DateTimeOffset.MinValue);

    /// <summary>The last double before the year 10000. <see cref="DateTimeOffset.MaxValue"/> has more digits, and would be rounded up.</summary>
    internal static readonly double Last = Math.BitDecrement(Year10000);

    public static double FromDateTimeOffset(DateTimeOffset time)
    {
        // Seconds and ticks apart: together they have more digits than a double.
        (long seconds, long ticks) = Math.DivRem(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerSecond);
        double exact = seconds + ((double)ticks / TimeSpan.TicksPerSecond);
        return exact < Year10000 ? exact : Last;
    }

    /// <summary>True for the years 1 to 9999. A later time is usually in milliseconds by mistake; the stream would then reject datapoints of today.</summary>
    public static bool IsInCalendar(double seconds) => seconds >= First && seconds <= Last;

    /// <summary>Converts to UTC; values outside of the years 1 to 9999 become the nearest bound.</summary>
    public static DateTimeOffset ToDateTimeOffset(double seconds)
    {
        if (!(seconds > First))
        {
            return DateTimeOffset.MinValue;
        }

        if (seconds >= Last)
        {
            return DateTimeOffset.MaxValue;
        }

        double whole = Math.Floor(seconds);
        DateTimeOffset second = DateTimeOffset.UnixEpoch.AddSeconds((long)whole);
        double decimals = seconds - whole;
        DateTimeOffset time = second.AddTicks((long)Math.Round(decimals * 1e6) * TimeSpan.TicksPerMicrosecond);
        return FromDateTimeOffset(time) == seconds ? time : second.AddTicks((long)Math.Round(decimals * TimeSpan.TicksPerSecond));
    }
}

namespace ConnectorDb;

/// <summary>
/// Timestamps are unix seconds (UTC) in a double, as in the ConnectorDB protocol. A double of today's size steps by a
/// quarter of a microsecond, so <see cref="DateTimeOffset"/> values are rounded to whole microseconds, which then keep.
/// </summary>
public static class UnixTime
{
    private const double TicksPerSecond = TimeSpan.TicksPerSecond;
    private static readonly double s_first = FromDateTimeOffset(DateTimeOffset.MinValue);
    private static readonly double s_last = FromDateTimeOffset(DateTimeOffset.MaxValue);

    public static double FromDateTimeOffset(DateTimeOffset time)
        => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TicksPerSecond;

    /// <summary>Converts to UTC; values outside of the years 1 to 9999 become the nearest bound.</summary>
    public static DateTimeOffset ToDateTimeOffset(double seconds)
    {
        if (!(seconds > s_first))
        {
            return DateTimeOffset.MinValue;
        }

        if (seconds >= s_last)
        {
            return DateTimeOffset.MaxValue;
        }

        double whole = Math.Floor(seconds);
        long microseconds = (long)Math.Round((seconds - whole) * 1e6);
        return DateTimeOffset.UnixEpoch.AddTicks(((long)whole * TimeSpan.TicksPerSecond) + (microseconds * TimeSpan.TicksPerMicrosecond));
    }
}

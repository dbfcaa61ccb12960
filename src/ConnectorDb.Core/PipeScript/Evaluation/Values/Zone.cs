namespace ConnectorDb.Core.PipeScript.Evaluation.Values;

/// <summary>A time zone that reads unix times fast when they lie close together.</summary>
internal sealed class Zone(TimeZoneInfo zone)
{
    private const long NanosecondsPerTick = TimeSpan.NanosecondsPerTick;
    private long _hour = long.MinValue;
    private long _offset;

    /// <summary>The instant of midnight on a day of 1970 in the zone, in nanoseconds of unix time.</summary>
    public long Midnight(int dayOfJanuary1970)
    {
        DateTime local = new(1970, 1, dayOfJanuary1970);
        return (local.Ticks - zone.GetUtcOffset(local).Ticks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick;
    }

    /// <summary>The clock and calendar of the zone at an instant in nanoseconds of unix time.</summary>
    public DateTime Local(long nanoseconds)
    {
        long ticks = FloorToTicks(nanoseconds) + DateTime.UnixEpoch.Ticks;
        long hour = ticks / TimeSpan.TicksPerHour;
        if (hour != _hour)
        {
            long start = OffsetAt(hour * TimeSpan.TicksPerHour);
            if (start != OffsetAt((hour + 1) * TimeSpan.TicksPerHour))
            {
                return new DateTime(ticks + OffsetAt(ticks));
            }

            _hour = hour;
            _offset = start;
        }

        return new DateTime(ticks + _offset);
    }

    private static long FloorToTicks(long nanoseconds)
        => (nanoseconds / NanosecondsPerTick) - (nanoseconds % NanosecondsPerTick < 0 ? 1 : 0);

    private long OffsetAt(long utcTicks) => zone.GetUtcOffset(new DateTime(utcTicks, DateTimeKind.Utc)).Ticks;
}

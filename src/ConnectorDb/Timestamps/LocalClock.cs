namespace ConnectorDb.Timestamps;

/// <summary>
/// Converts local times of a zone to UTC by the offsets around them. Unlike the methods of <see cref="TimeZoneInfo"/>, it notices every
/// change of the offset, also those that are no summer time.
/// </summary>
internal sealed class LocalClock(TimeZoneInfo zone)
{
    private const long SecondsPerDay = 86400;
    private static readonly long s_first = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long s_last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private long _day = long.MinValue;
    private long _offsetOfDay;

    public TimeZoneInfo Zone { get; } = zone;

    /// <param name="local">Seconds since 1970-01-01T00:00 of the local clock.</param>
    /// <returns>
    /// The offsets from UTC in seconds: two different ones when the local time occurs twice, the earlier time first; null when it does
    /// not exist.
    /// </returns>
    public (long First, long Second)? OffsetsOf(long local)
    {
        long day = Math.DivRem(local, SecondsPerDay, out long rest);
        day = rest < 0 ? day - 1 : day;
        if (day == _day)
        {
            return (_offsetOfDay, _offsetOfDay);
        }

        (long First, long Second)? offsets = Find(local);
        (long First, long Second)? start = Find(day * SecondsPerDay);
        if (start is { } plain && plain.First == plain.Second && start == Find((day + 1) * SecondsPerDay))
        {
            _day = day;
            _offsetOfDay = plain.First;
        }

        return offsets;
    }

    private (long First, long Second)? Find(long local)
    {
        long before = OffsetBefore(local);
        long after = OffsetAt(local + SecondsPerDay);
        bool isBefore = OffsetAt(local - before) == before;
        bool isAfter = OffsetAt(local - after) == after;
        return isBefore ? (before, isAfter ? after : before)
            : isAfter ? (after, after)
            : null;
    }

    /// <summary>The offset from UTC in seconds on the day before a local time.</summary>
    public long OffsetBefore(long local) => OffsetAt(local - SecondsPerDay);

    private long OffsetAt(long utc)
        => (long)Zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(utc, s_first, s_last)).UtcDateTime).TotalSeconds;
}

namespace ConnectorDb.Core.Polling;

/// <summary>
/// The due times of an item: <c>first + n · interval</c>, computed from n each time, so that errors do not accumulate. They are on the
/// monotonic clock (<see cref="TimeProvider.GetTimestamp"/>), in ticks of 100 ns since the poller was created.
/// </summary>
internal readonly record struct PollSchedule(long First, long Interval)
{
    private const double GoldenRatio = 0.6180339887498949;
    private static readonly TimeSpan s_maxSpread = TimeSpan.FromMinutes(1);

    /// <summary>Creates the schedule of item <paramref name="number"/>. First polls are spread evenly over the interval, but at most over a minute.</summary>
    public static PollSchedule Spread(long now, TimeSpan interval, int number)
    {
        // Multiples of the golden ratio modulo 1 are evenly spread for any number of items (low-discrepancy sequence).
        TimeSpan over = interval < s_maxSpread ? interval : s_maxSpread;
        return new(now + (long)(over.Ticks * (number * GoldenRatio % 1)), interval.Ticks);
    }

    public long Due(long slot) => First + (slot * Interval);

    /// <summary>The last slot due at that time; -1 before the first.</summary>
    public long SlotAt(long now) => now < First ? -1 : (now - First) / Interval;
}

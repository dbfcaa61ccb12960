namespace ConnectorDb.Core.Polling;

/// <summary>
/// The times at which an item is due: <c>first + n · interval</c>, computed anew each time, so that nothing adds up. They are on the
/// clock that nobody sets (<see cref="TimeProvider.GetTimestamp"/>), in its ticks of 100 ns since the poller began.
/// </summary>
internal readonly record struct PollGrid(long First, long Interval)
{
    private const double GoldenRatio = 0.6180339887498949;
    private static readonly TimeSpan s_widest = TimeSpan.FromMinutes(1);

    /// <summary>The grid of the item that is the <paramref name="number"/>th: first polls are spread evenly over the interval, and over a minute at most.</summary>
    public static PollGrid Spread(long now, TimeSpan interval, int number)
    {
        TimeSpan over = interval < s_widest ? interval : s_widest;
        return new(now + (long)(over.Ticks * (number * GoldenRatio % 1)), interval.Ticks);
    }

    public long Due(long slot) => First + (slot * Interval);

    /// <summary>The last slot that is due by then; -1 before the first.</summary>
    public long SlotAt(long now) => now < First ? -1 : (now - First) / Interval;
}

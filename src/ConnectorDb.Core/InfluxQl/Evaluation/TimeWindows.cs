using ConnectorDb.Core.InfluxQl.Sources;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>The windows of <c>GROUP BY time</c>, in nanoseconds.</summary>
/// <param name="Length">Their length; 0 for one window that is the whole range.</param>
/// <param name="Offset">The start of one of them.</param>
/// <param name="Zone">The zone of the clock that they follow; null for UTC.</param>
internal sealed record TimeWindows(long Length, long Offset, TimeZoneInfo? Zone)
{
    private const long NanosecondsPerTick = 100;

    /// <summary>All windows have the same length: whole seconds, without a time zone.</summary>
    public bool AreRegular => Length > 0 && Zone is null && Length % 1_000_000_000 == 0 && Offset % 1_000_000_000 == 0;

    /// <summary>The window with a time: its start, and the end that is not in it.</summary>
    /// <remarks>The length of the window is that of UTC, moved by the changes of the clock at its ends, as InfluxDB does it.</remarks>
    public (long Start, long End) Around(long time, TimeRange range)
    {
        if (Length <= 0)
        {
            return (range.From, range.To + 1);
        }

        long moved = time - Offset;
        long shift = ShiftAt(moved);
        long into = (moved + shift) % Length;
        into += into < 0 ? Length : 0;
        long start = TimeRange.Earliest + into >= moved ? TimeRange.Earliest : moved - into;
        long end = TimeRange.Latest - (Length - into) <= moved ? TimeRange.Latest : moved - into + Length;
        return (Corrected(start, shift) + Offset, Corrected(end, shift) + Offset);
    }

    /// <summary>The start of the window after, or before, the one that starts at a time.</summary>
    public long Next(long start, bool isDescending, TimeRange range)
        => isDescending ? Around(start - 1, range).Start : Around(start, range).End;

    private long Corrected(long time, long shift)
    {
        long difference = shift - ShiftAt(time);
        return difference != 0 && Math.Abs(difference) < Length ? time + difference : time;
    }

    private long ShiftAt(long time)
        => Zone is null ? 0 : Zone.GetUtcOffset(DateTime.UnixEpoch.AddTicks(time / NanosecondsPerTick)).Ticks * NanosecondsPerTick;
}

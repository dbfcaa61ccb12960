namespace ConnectorDb.Core.Charts;

/// <summary>The usual lengths of columns: 1, 2 and 5 · 10ⁿ seconds below one second, then those of clocks and calendars.</summary>
/// <remarks>A range that moves keeps the length, so its columns stay where they are.</remarks>
internal static class ColumnLength
{
    private const double Minute = 60;
    private const double Hour = 60 * Minute;
    private const double Day = 24 * Hour;
    private const double Year = 366 * Day;

    private static readonly double[] s_clock =
        [1, 2, 5, 10, 15, 30, Minute, 2 * Minute, 5 * Minute, 10 * Minute, 15 * Minute, 30 * Minute, Hour, 2 * Hour, 3 * Hour, 6 * Hour, 12 * Hour];

    private static readonly (double Seconds, CalendarStep Step)[] s_calendar =
    [
        (Day, new(1, CalendarUnit.Day)),
        (2 * Day, new(2, CalendarUnit.Day)),
        (7 * Day, new(1, CalendarUnit.Week)),
        (14 * Day, new(2, CalendarUnit.Week)),
        (31 * Day, new(1, CalendarUnit.Month)),
        (92 * Day, new(1, CalendarUnit.Quarter)),
    ];

    /// <summary>The shortest usual length that is at least so long; one of the two.</summary>
    public static (double? Seconds, CalendarStep? Step) AtLeast(double seconds)
    {
        if (seconds < s_clock[0])
        {
            return (RoundUp(Math.Max(seconds, ColumnEdges.Shortest)), null);
        }

        if (seconds <= s_clock[^1])
        {
            return (s_clock.First(length => length >= seconds), null);
        }

        return (null, s_calendar.FirstOrDefault(length => length.Seconds >= seconds).Step ?? new CalendarStep((int)RoundUp(Math.Max(1, seconds / Year)), CalendarUnit.Year));
    }

    /// <summary>The next 1, 2 or 5 · 10ⁿ.</summary>
    private static double RoundUp(double number)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(number)));
        return new[] { power, 2 * power, 5 * power, 10 * power }.First(step => step >= number || step == 10 * power);
    }
}

namespace ConnectorDb.Core.Tests.Queries;

/// <summary>The starts of calendar units, found by looking at the clock of a zone every quarter of an hour.</summary>
internal static class NaiveCalendar
{
    /// <summary>Seconds in a quarter of an hour; all clocks change at such times.</summary>
    public const double Quarter = 900;

    /// <summary>A step is at most three years long.</summary>
    private const int Margin = 96 * 366 * 4;

    /// <param name="previous">The row before the first one.</param>
    /// <param name="next">The row after the last one.</param>
    public static double[] Rows(TimeZoneInfo zone, CalendarUnit unit, int count, double start, double end, out double previous, out double next)
    {
        int margin = unit < CalendarUnit.Month ? 96 * 30 : Margin;
        double begin = start - (margin * Quarter);
        int last = UnitAt(zone, unit, begin);
        Dictionary<int, double> starts = [];
        for (double t = begin; t < end + (margin * Quarter); t += Quarter)
        {
            for (int now = UnitAt(zone, unit, t); last < now;)
            {
                starts[++last] = t;
            }
        }

        int first = UnitAt(zone, unit, start);
        while (starts[first] < start)
        {
            first++;
        }

        double[] grid = [.. starts.Where(one => (one.Key - first) % count == 0).Select(one => one.Value).Distinct().Order()];
        previous = grid.LastOrDefault(time => time < starts[first]);
        next = grid.First(time => time >= end && time > starts[first]);
        return [.. grid.Where(time => time >= starts[first] && time < end)];
    }

    private static int UnitAt(TimeZoneInfo zone, CalendarUnit unit, double time)
    {
        DateTime clock = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds((long)time), zone).DateTime;
        return unit switch
        {
            CalendarUnit.Day => (int)(clock - DateTime.MinValue).TotalDays,
            CalendarUnit.Week => (int)(clock - DateTime.MinValue).TotalDays / 7,
            CalendarUnit.Month => (clock.Year * 12) + clock.Month,
            CalendarUnit.Quarter => (clock.Year * 4) + ((clock.Month - 1) / 3),
            _ => clock.Year,
        };
    }
}

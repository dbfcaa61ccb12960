namespace ConnectorDb.Timestamps;

/// <summary>Leap seconds are inserted at the end of June or December in UTC (ITU-R TF.460). Unix time does not count them.</summary>
internal static class LeapSecond
{
    /// <param name="seconds">Unix seconds of the second after the second 60.</param>
    public static bool IsAfterOne(long seconds)
    {
        if (!UnixTime.IsInCalendar(seconds))
        {
            return false;
        }

        DateTimeOffset after = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return after.TimeOfDay == TimeSpan.Zero && after is { Day: 1, Month: 1 or 7 };
    }
}

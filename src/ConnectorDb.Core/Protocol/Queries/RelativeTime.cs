namespace ConnectorDb.Core.Protocol.Queries;

/// <summary>Times relative to another one, with as few digits as give the exact time back.</summary>
internal static class RelativeTime
{
    private const int MaxDigits = 9;

    /// <summary>The number of seconds that yields <paramref name="time"/> when it is added to <paramref name="origin"/>.</summary>
    public static double Of(double time, double origin)
    {
        double difference = time - origin;
        for (int digits = 0; digits <= MaxDigits; digits++)
        {
            double rounded = Math.Round(difference, digits);
            if (origin + rounded == time)
            {
                return rounded;
            }
        }

        return difference;
    }
}

using System.Globalization;

namespace ConnectorDb.Core.Sinks.InfluxDb;

/// <summary>
/// Converts unix seconds to the nanoseconds of InfluxDB. Seconds are read as the shortest decimal number that identifies the double, so
/// different times stay different, and whole microseconds stay whole.
/// </summary>
internal static class Nanoseconds
{
    private const decimal InSecond = 1_000_000_000;

    /// <summary>The limits of InfluxDB in seconds, 1677-09-21 and 2262-04-11; nanoseconds have 64 bits there.</summary>
    private const double First = -9_223_372_036;
    private const double Last = 9_223_372_036;

    /// <summary>Returns null for a time that InfluxDB cannot represent.</summary>
    public static long? Of(double seconds) => seconds is >= First and <= Last
        ? (long)decimal.Round(decimal.Parse(seconds.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture) * InSecond)
        : null;
}

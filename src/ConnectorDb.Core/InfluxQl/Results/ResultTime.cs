using System.Globalization;

namespace ConnectorDb.Core.InfluxQl.Results;

/// <summary>Times of a result, as numbers of a unit or as text.</summary>
/// <param name="Unit">Nanoseconds of the unit; 0 for text.</param>
internal readonly record struct ResultTime(long Unit)
{
    private const long NanosecondsPerTick = 100;
    private const int DigitsOfNanoseconds = 9;

    /// <param name="epoch">The parameter of the request; unknown units are nanoseconds.</param>
    public static ResultTime Of(string epoch) => new(epoch switch
    {
        "" => 0,
        "u" or "µ" => 1000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => 1,
    });

    /// <param name="zone">The zone of text; null for UTC.</param>
    public string Text(long nanoseconds, TimeZoneInfo? zone)
    {
        if (Unit > 0)
        {
            return (nanoseconds / Unit).ToString(CultureInfo.InvariantCulture);
        }

        (long ticks, long rest) = Math.DivRem(nanoseconds, NanosecondsPerTick);
        (ticks, rest) = rest < 0 ? (ticks - 1, rest + NanosecondsPerTick) : (ticks, rest);
        DateTimeOffset time = DateTimeOffset.UnixEpoch.AddTicks(ticks);
        time = zone is null ? time : TimeZoneInfo.ConvertTime(time, zone);
        string fraction = (((time.Ticks % TimeSpan.TicksPerSecond) * NanosecondsPerTick) + rest).ToString(CultureInfo.InvariantCulture).PadLeft(DigitsOfNanoseconds, '0').TrimEnd('0');
        string offset = time.Offset == TimeSpan.Zero ? "Z" : time.ToString("zzz", CultureInfo.InvariantCulture);
        return $"{time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)}{(fraction.Length > 0 ? "." : "")}{fraction}{offset}";
    }
}

namespace ConnectorDb.Core.Influx;

/// <summary>The units of times in a request, in nanoseconds.</summary>
public static class Precision
{
    public const long Nanosecond = 1;
    private const long Microsecond = 1000;
    private const long Millisecond = 1000 * Microsecond;
    private const long Second = 1000 * Millisecond;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;

    /// <summary>The unit of a name of InfluxDB 1, which is the nanosecond without one; null for an unknown name.</summary>
    public static long? Of(string? name) => name switch
    {
        null or "" or "n" or "ns" => Nanosecond,
        "u" or "us" or "µ" => Microsecond,
        "ms" => Millisecond,
        "s" => Second,
        "m" => Minute,
        "h" => Hour,
        _ => null,
    };

    /// <summary>The unit of a name of InfluxDB 2; null for an unknown name.</summary>
    public static long? OfVersion2(string? name) => name is null or "" or "ns" or "us" or "ms" or "s" ? Of(name) : null;
}

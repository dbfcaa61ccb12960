namespace ConnectorDb.Core.InfluxQl.Sources;

/// <summary>Nanoseconds from a time to another, both included.</summary>
internal readonly record struct TimeRange(long From, long To)
{
    /// <summary>The first and last times that InfluxDB has.</summary>
    public const long Earliest = long.MinValue + 2;

    /// <inheritdoc cref="Earliest"/>
    public const long Latest = long.MaxValue - 1;

    private const double MicrosecondsPerSecond = 1e6;
    private const long NanosecondsPerMicrosecond = 1000;

    public static TimeRange All { get; } = new(Earliest, Latest);

    /// <summary>A time before all of the range, in unix seconds. Some more may come after it.</summary>
    public double After => From == Earliest ? double.NegativeInfinity : (From / 1e9) - 1e-6;

    /// <summary>A time at or after the end of the range, in unix seconds.</summary>
    public double UpTo => To == Latest ? double.PositiveInfinity : (To / 1e9) + 1e-6;

    /// <summary>Unix seconds between the first time in the range and the one before it, in the whole microseconds that are kept.</summary>
    public double BeforeFirst => From == Earliest ? double.NegativeInfinity : ((double)Math.Ceiling((decimal)From / NanosecondsPerMicrosecond) - 0.5) / MicrosecondsPerSecond;

    /// <summary>Unix seconds between the last time in the range and the one after it.</summary>
    public double BehindLast => To == Latest ? double.PositiveInfinity : ((double)Math.Floor((decimal)To / NanosecondsPerMicrosecond) + 0.5) / MicrosecondsPerSecond;

    public bool IsEmpty => From > To;

    public bool Contains(long time) => time >= From && time <= To;

    public TimeRange And(TimeRange other) => new(Math.Max(From, other.From), Math.Min(To, other.To));

    /// <summary>Nanoseconds of a time of a datapoint, in whole microseconds: finer ones are not kept.</summary>
    public static long NanosecondsOf(double seconds)
    {
        double microseconds = Math.Round(seconds * MicrosecondsPerSecond);
        return double.Abs(microseconds) < long.MaxValue / NanosecondsPerMicrosecond ? (long)microseconds * NanosecondsPerMicrosecond : microseconds < 0 ? Earliest : Latest;
    }
}

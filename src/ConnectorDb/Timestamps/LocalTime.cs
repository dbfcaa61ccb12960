namespace ConnectorDb.Timestamps;

/// <summary>A time as it is written: a clock, decimals of its second, and its offset from UTC if it has one.</summary>
internal readonly ref struct LocalTime(long clock, ReadOnlySpan<char> decimals, long? offset)
{
    /// <summary>Seconds since 1970-01-01T00:00 of the clock.</summary>
    public long Clock { get; } = clock;

    /// <summary>The digits after the second.</summary>
    public ReadOnlySpan<char> Decimals { get; } = decimals;

    /// <summary>The second was written as 60, which is the second after it in unix time.</summary>
    public bool IsLeapSecond { get; init; }

    /// <summary>Seconds that the clock is before UTC; null without a zone.</summary>
    public long? Offset { get; } = offset;
}

namespace ConnectorDb.Core.PipeScript;

/// <summary>What a script may use and how much of it. The defaults are those of the original server.</summary>
public sealed record ScriptSettings
{
    public static ScriptSettings Default { get; } = new();

    /// <summary>Makes <c>rand</c> repeat itself: equal seeds give equal numbers. Null takes a new seed at every start.</summary>
    public long? Seed { get; init; }

    /// <summary>The zone that <c>"Local"</c> means in the transforms of dates.</summary>
    public TimeZoneInfo LocalZone { get; init; } = TimeZoneInfo.Local;

    /// <summary>How many keys <c>map</c> and <c>imap</c> may tell apart, and how many texts <c>new</c> remembers.</summary>
    public int MaxKeys { get; init; } = 50_000;

    /// <summary>How many bytes of UTF-8 <c>append</c> may collect.</summary>
    public int MaxText { get; init; } = 1_000_000;

    /// <summary>How many datapoints <c>next</c> may look ahead.</summary>
    public int MaxPeek { get; init; } = 100;
}

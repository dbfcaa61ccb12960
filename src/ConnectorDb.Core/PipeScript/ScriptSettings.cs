namespace ConnectorDb.Core.PipeScript;

/// <summary>The settings and limits of a script. The defaults are those of the original server.</summary>
public sealed record ScriptSettings
{
    public static ScriptSettings Default { get; } = new();

    /// <summary>The seed of <c>rand</c>: equal seeds give equal numbers. Null takes a new seed at every start.</summary>
    public long? Seed { get; init; }

    /// <summary>The zone that <c>"Local"</c> means in the transforms of dates.</summary>
    public TimeZoneInfo LocalZone { get; init; } = TimeZoneInfo.Local;

    /// <summary>The maximum number of keys of <c>map</c> and <c>imap</c>, and of texts that <c>new</c> remembers.</summary>
    public int MaxKeys { get; init; } = 50_000;

    /// <summary>The maximum number of UTF-8 bytes that <c>append</c> collects.</summary>
    public int MaxText { get; init; } = 1_000_000;

    /// <summary>The maximum number of datapoints that <c>next</c> looks ahead.</summary>
    public int MaxPeek { get; init; } = 100;
}

namespace ConnectorDb.Contracts;

/// <summary>How blocks are appended.</summary>
public sealed record AppendOptions
{
    public static AppendOptions Default { get; } = new();

    /// <summary>Datapoints older than the newest get its time instead of being rejected.</summary>
    public bool Restamp { get; init; }

    /// <summary>
    /// Makes the call repeatable: within a day the same device's call with the same key changes nothing and returns the first result.
    /// At most 64 characters; null for none. Ephemeral streams and ConnectorDB 0.3 servers do not keep keys.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    public OnInvalid OnInvalid { get; init; }

    /// <summary>The datapoints come from an export, which may have numbers and times that only older versions stored: those are accepted as they are.</summary>
    public bool AsExported { get; init; }
}

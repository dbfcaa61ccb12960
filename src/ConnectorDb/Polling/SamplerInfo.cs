namespace ConnectorDb.Polling;

/// <summary>The description of a sampler and its argument.</summary>
public sealed record SamplerInfo
{
    /// <summary>Its name in poll items, such as <c>net.ping</c>.</summary>
    public required string Key { get; init; }

    public required string Description { get; init; }

    /// <summary>The meaning of the argument; null when there is none.</summary>
    public string? Argument { get; init; }

    /// <summary>The argument may be left out.</summary>
    public bool IsArgumentOptional { get; init; }

    /// <summary>The unit of the value, such as <c>ms</c>; null for objects, texts and bare numbers.</summary>
    public string? Unit { get; init; }

    /// <summary>The platforms that have it; empty for all.</summary>
    public string[] Platforms { get; init; } = [];

    /// <summary>True when the platform of this machine is supported.</summary>
    public bool IsAvailable => Platforms.Length == 0 || Platforms.Any(OperatingSystem.IsOSPlatform);

    public override string ToString() => Key;
}

namespace ConnectorDb;

/// <summary>The fields of a device to create or change; null keeps the default or current value.</summary>
public sealed record DeviceDefinition
{
    public string? Nickname { get; init; }

    public string? Description { get; init; }

    public string? Icon { get; init; }

    /// <summary>A user-chosen API key; empty text requests a new random one.</summary>
    public string? ApiKey { get; init; }

    public string? Role { get; init; }

    public bool? Enabled { get; init; }

    public bool? Public { get; init; }

    public bool? Visible { get; init; }

    public bool? UserEditable { get; init; }

    /// <summary>The streams to create with the device, by name; not allowed in changes.</summary>
    public IReadOnlyDictionary<string, StreamDefinition>? Streams { get; init; }
}

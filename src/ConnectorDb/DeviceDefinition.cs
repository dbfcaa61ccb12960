namespace ConnectorDb;

/// <summary>What to make, or to change, of a device; null leaves the default, or what is there.</summary>
public sealed class DeviceDefinition
{
    public string? Nickname { get; init; }

    public string? Description { get; init; }

    public string? Icon { get; init; }

    /// <summary>A key of one's own choice; the empty text asks for a new random one.</summary>
    public string? ApiKey { get; init; }

    public string? Role { get; init; }

    public bool? Enabled { get; init; }

    public bool? Public { get; init; }

    public bool? Visible { get; init; }

    public bool? UserEditable { get; init; }

    /// <summary>Streams to make with the device, by name; not for changes.</summary>
    public IReadOnlyDictionary<string, StreamDefinition>? Streams { get; init; }
}

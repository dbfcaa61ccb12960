namespace ConnectorDb;

/// <summary>The fields of a user to create or change; null keeps the default or current value.</summary>
public sealed record UserDefinition
{
    public string? Nickname { get; init; }

    public string? Email { get; init; }

    /// <summary>The password in plain text, which is stored as a hash.</summary>
    public string? Password { get; init; }

    /// <summary>The current password in plain text, which a change of one's own password needs; not allowed in definitions.</summary>
    public string? OldPassword { get; init; }

    public string? Description { get; init; }

    public string? Icon { get; init; }

    public string? Role { get; init; }

    public bool? Public { get; init; }

    /// <summary>The devices to create with the user, by name; not allowed in changes.</summary>
    public IReadOnlyDictionary<string, DeviceDefinition>? Devices { get; init; }

    /// <summary>The streams to create in the device <c>user</c> of the user, by name; not allowed in changes.</summary>
    public IReadOnlyDictionary<string, StreamDefinition>? Streams { get; init; }
}

namespace ConnectorDb;

/// <summary>The fields of a user to create or change; null keeps the default or current value.</summary>
public sealed class UserDefinition
{
    public string? Nickname { get; init; }

    public string? Email { get; init; }

    /// <summary>In clear text; kept only as a hash.</summary>
    public string? Password { get; init; }

    public string? Description { get; init; }

    public string? Icon { get; init; }

    public string? Role { get; init; }

    public bool? Public { get; init; }

    /// <summary>Devices to make with the user, by name; not for changes.</summary>
    public IReadOnlyDictionary<string, DeviceDefinition>? Devices { get; init; }

    /// <summary>Streams to make in the user's <c>user</c> device, by name; not for changes.</summary>
    public IReadOnlyDictionary<string, StreamDefinition>? Streams { get; init; }
}

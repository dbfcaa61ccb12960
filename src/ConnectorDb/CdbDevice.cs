namespace ConnectorDb;

/// <summary>A device, which owns streams and logs in with a key. Fields that the login may not see are null.</summary>
public sealed class CdbDevice
{
    public required CdbPath Path { get; init; }

    public string Name => Path.Device!;

    public string User => Path.User;

    public string Nickname { get; init; } = "";

    public string Description { get; init; } = "";

    public string Icon { get; init; } = "";

    /// <summary>The API key, with which the device logs in. It is secret; default views omit it.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The role of the device, which sets its rights beyond its own streams: <c>none</c>, <c>reader</c>, <c>writer</c> or <c>user</c>.</summary>
    public string? Role { get; init; }

    public bool Enabled { get; init; }

    public bool Public { get; init; }

    public bool Visible { get; init; }

    public bool? UserEditable { get; init; }

    public override string ToString() => Path.ToString();
}

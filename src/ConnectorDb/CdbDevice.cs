namespace ConnectorDb;

/// <summary>Something that owns streams and logs in with a key. A field that the reader may not see is null.</summary>
public sealed class CdbDevice
{
    public required CdbPath Path { get; init; }

    public string Name => Path.Device!;

    public string User => Path.User;

    public string Nickname { get; init; } = "";

    public string Description { get; init; } = "";

    public string Icon { get; init; } = "";

    /// <summary>What the device logs in with. A secret: default views leave it out.</summary>
    public string? ApiKey { get; init; }

    /// <summary>What the device may do beyond its own streams: <c>none</c> (or empty), <c>reader</c>, <c>writer</c>, <c>user</c>.</summary>
    public string? Role { get; init; }

    public bool Enabled { get; init; }

    public bool Public { get; init; }

    public bool Visible { get; init; }

    public bool? UserEditable { get; init; }

    public override string ToString() => Path.ToString();
}

namespace ConnectorDb.Core.Storage.Tree;

/// <summary>A device as it is kept.</summary>
public sealed record DeviceRecord
{
    /// <summary>The number that the store gave; 0 before.</summary>
    public long Id { get; init; }

    public long UserId { get; init; }

    public required CdbPath Path { get; init; }

    public string Nickname { get; init; } = "";

    public string Description { get; init; } = "";

    public string Icon { get; init; } = "";

    public string Role { get; init; } = "none";

    public bool Enabled { get; init; } = true;

    public bool Public { get; init; }

    public bool Visible { get; init; } = true;

    public bool UserEditable { get; init; } = true;

    /// <summary>The SHA-256 of the API key; null when the device has none.</summary>
    public byte[]? KeyHash { get; init; }

    /// <summary>The API key, encrypted with a key outside of the store.</summary>
    public byte[]? SealedKey { get; init; }
}

namespace ConnectorDb.Core.Storage.Tree;

/// <summary>A user as it is kept.</summary>
public sealed record UserRecord
{
    /// <summary>The number that the store gave; 0 before.</summary>
    public long Id { get; init; }

    public required CdbPath Path { get; init; }

    public string Nickname { get; init; } = "";

    /// <summary>Empty when there is none.</summary>
    public string Email { get; init; } = "";

    public string Description { get; init; } = "";

    public string Icon { get; init; } = "";

    public string Role { get; init; } = "user";

    public bool Public { get; init; }

    /// <summary>The hash of the password; null when the user has none.</summary>
    public string? PasswordHash { get; init; }
}

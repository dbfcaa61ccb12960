namespace ConnectorDb;

/// <summary>A user, the owner of devices. Fields that the login may not see are null.</summary>
public sealed class CdbUser
{
    public required CdbPath Path { get; init; }

    public string Name => Path.User;

    public string Nickname { get; init; } = "";

    public string? Email { get; init; }

    public string Description { get; init; } = "";

    public string Icon { get; init; } = "";

    /// <summary><c>user</c> or <c>admin</c>.</summary>
    public string? Role { get; init; }

    /// <summary>Other users may see this user and its public devices.</summary>
    public bool Public { get; init; }

    public override string ToString() => Path.ToString();
}

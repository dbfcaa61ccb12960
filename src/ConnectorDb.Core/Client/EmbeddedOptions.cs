using ConnectorDb.Core.Engine;

namespace ConnectorDb.Core.Client;

/// <summary>The path and login of an embedded store.</summary>
/// <remarks>Without a login, the client is the device <c>me/user</c>, the owner of the store.</remarks>
public sealed class EmbeddedOptions
{
    /// <summary>The path of the file; null for the user's default store.</summary>
    public string? Path { get; init; }

    /// <summary>The device to act as, without a secret.</summary>
    public CdbPath? As { get; init; }

    /// <summary>The API key of the device to act as.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The name or e-mail address of the user to log in, with <see cref="Password"/>.</summary>
    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>A missing or empty file is an error instead of a new store.</summary>
    public bool MustExist { get; init; }

    /// <summary>The folder of the secrets that encrypt API keys; null for the user's default folder.</summary>
    public string? KeyFolder { get; init; }

    public EngineSettings Settings { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

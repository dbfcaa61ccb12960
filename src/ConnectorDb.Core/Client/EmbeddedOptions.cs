namespace ConnectorDb.Core.Client;

/// <summary>Which embedded store to open, and as whom. Without a login one is the owner of the store, <c>me/user</c>.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>The file; null for the user's own store.</summary>
    public string? Path { get; init; }

    /// <summary>The device to act as, on trust.</summary>
    public CdbPath? As { get; init; }

    /// <summary>The API key of the device to act as.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The name or e-mail address of the user to log in, with <see cref="Password"/>.</summary>
    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>Where the secrets lie that API keys are sealed with; null for the user's own folder.</summary>
    public string? KeyFolder { get; init; }

    /// <summary>Write down who changes what in the streams <c>U/meta/log</c>, as a server does for its many users.</summary>
    public bool LogsChanges { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

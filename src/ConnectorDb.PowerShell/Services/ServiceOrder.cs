namespace ConnectorDb.PowerShell.Services;

/// <summary>What is to be installed.</summary>
internal sealed record ServiceOrder
{
    public required string Name { get; init; }

    public required ServiceScope Scope { get; init; }

    /// <summary>The account it runs as; null for one of its own, or for the user.</summary>
    public string? Account { get; init; }

    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The environment variables that it needs.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public string CommandLine => string.Join(' ', Command.Select(ShellWord.Of));

    /// <summary>The files that it changes: the store, the configuration of the poller.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    public bool Polls { get; init; }

    /// <summary>It listens where only administrators may, below port 1024.</summary>
    public bool NeedsLowPort { get; init; }

    public bool Start { get; init; }

    /// <summary>There is one of this name already.</summary>
    public bool IsUpdate { get; init; }
}

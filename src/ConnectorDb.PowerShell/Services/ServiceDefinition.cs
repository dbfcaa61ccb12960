namespace ConnectorDb.PowerShell.Services;

/// <summary>The definition of a service.</summary>
internal sealed record ServiceDefinition
{
    public required string Name { get; init; }

    public required ServiceScope Scope { get; init; }

    /// <summary>The account of the service; null for a dedicated account or the current user, by scope.</summary>
    public string? Account { get; init; }

    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Environment variables of the program.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public string CommandLine => string.Join(' ', Command.Select(ShellQuoting.Of));

    /// <summary>Files that the service changes: the store and the configuration of the poller.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    public bool Polls { get; init; }

    /// <summary>True when the server listens on a port below 1024, which needs special rights.</summary>
    public bool NeedsLowPort { get; init; }

    public bool Start { get; init; }

    /// <summary>True when a service of this name exists.</summary>
    public bool IsUpdate { get; init; }
}

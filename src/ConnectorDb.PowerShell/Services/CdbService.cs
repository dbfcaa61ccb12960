namespace ConnectorDb.PowerShell.Services;

/// <summary>A server that the service manager of the system starts and monitors.</summary>
public sealed class CdbService
{
    public required string Name { get; init; }

    public required ServiceScope Scope { get; init; }

    public required CdbServiceState State { get; init; }

    /// <summary>Path of the definition file; null on Windows, where the registry contains the definition.</summary>
    public string? DefinitionPath { get; init; }

    /// <summary>The command line of the service.</summary>
    public required string CommandLine { get; init; }

    public override string ToString() => Name;
}

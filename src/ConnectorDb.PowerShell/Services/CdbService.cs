namespace ConnectorDb.PowerShell.Services;

/// <summary>A server that the system starts and looks after.</summary>
public sealed class CdbService
{
    public required string Name { get; init; }

    public required ServiceScope Scope { get; init; }

    public required CdbServiceState State { get; init; }

    /// <summary>The file that defines it; null on Windows, whose registry does.</summary>
    public string? DefinitionPath { get; init; }

    /// <summary>What the system runs.</summary>
    public required string CommandLine { get; init; }

    public override string ToString() => Name;
}

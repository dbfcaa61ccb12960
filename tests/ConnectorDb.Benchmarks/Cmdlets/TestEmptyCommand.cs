using System.Management.Automation;

namespace ConnectorDb.Benchmarks.Cmdlets;

/// <summary>Does nothing with the objects of a pipe, to measure PowerShell's own time.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Empty")]
public sealed class TestEmptyCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    public string? Stream { get; set; }

    [Parameter(Position = 1, ValueFromPipeline = true)]
    public object? Value { get; set; }
}

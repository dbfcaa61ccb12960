using System.Management.Automation;

namespace ConnectorDb.Benchmarks.Cmdlets;

/// <summary>What PowerShell takes for a pipe into a compiled cmdlet that does nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Empty")]
public sealed class TestEmptyCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    public string? Stream { get; set; }

    [Parameter(Position = 1, ValueFromPipeline = true)]
    public object? Value { get; set; }
}

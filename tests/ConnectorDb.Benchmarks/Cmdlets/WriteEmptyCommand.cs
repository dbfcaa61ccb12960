using System.Management.Automation;

namespace ConnectorDb.Benchmarks.Cmdlets;

/// <summary>Writes objects and does nothing else, to measure PowerShell's own time.</summary>
[Cmdlet(VerbsCommunications.Write, "Empty")]
public sealed class WriteEmptyCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    public int Count { get; set; }

    protected override void EndProcessing()
    {
        for (int i = 0; i < Count; i++)
        {
            WriteObject(new object());
        }
    }
}

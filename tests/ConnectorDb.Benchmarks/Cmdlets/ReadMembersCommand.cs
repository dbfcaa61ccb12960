using System.Management.Automation;

namespace ConnectorDb.Benchmarks.Cmdlets;

/// <summary>Reads three properties of each object of a pipe and does nothing else.</summary>
[Cmdlet(VerbsCommunications.Read, "Members")]
public sealed class ReadMembersCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    public string? Stream { get; set; }

    [Parameter(Position = 1, ValueFromPipeline = true)]
    public PSObject? Value { get; set; }

    public double Sum { get; private set; }

    protected override void ProcessRecord()
    {
        PSMemberInfoCollection<PSPropertyInfo> properties = Value!.Properties;
        Sum += (double)properties["total"].Value + (double)properties["used"].Value + (double)properties["percent"].Value;
    }
}

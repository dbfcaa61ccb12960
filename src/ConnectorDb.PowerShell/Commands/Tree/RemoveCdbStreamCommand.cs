using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Deletes streams with all their datapoints, or only the datapoints of their downlinks.</summary>
[Cmdlet(VerbsCommon.Remove, "CdbStream", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveCdbStreamCommand : StreamCdbCmdlet
{
    [Parameter]
    public SwitchParameter Downlink { get; set; }

    protected override void Process(CdbPath path)
    {
        CdbPath target = Downlink ? path.ToDownlink() : path;
        Delete(target, target.IsDownlink ? "Delete the datapoints of the downlink" : "Delete the stream with all datapoints");
    }
}

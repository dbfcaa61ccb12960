using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Deletes users with all their devices, streams and datapoints.</summary>
[Cmdlet(VerbsCommon.Remove, "CdbUser", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveCdbUserCommand : UserCdbCmdlet
{
    protected override void Process(CdbPath path) => Delete(path, "Delete the user with all devices, streams and datapoints");
}

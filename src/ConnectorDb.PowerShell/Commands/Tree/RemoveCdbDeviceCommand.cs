using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Deletes devices with all their streams and datapoints.</summary>
[Cmdlet(VerbsCommon.Remove, "CdbDevice", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveCdbDeviceCommand : DeviceCdbCmdlet
{
    protected override void Process(CdbPath path) => Delete(path, "Delete the device with all streams and datapoints");
}

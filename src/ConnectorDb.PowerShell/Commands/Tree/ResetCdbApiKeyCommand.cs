using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Gives devices a new random key; the old one ends at once.</summary>
[Cmdlet(VerbsCommon.Reset, "CdbApiKey", SupportsShouldProcess = true)]
[OutputType(typeof(CdbDevice))]
public sealed class ResetCdbApiKeyCommand : DeviceCdbCmdlet
{
    protected override void Process(CdbPath path)
    {
        if (ShouldProcess(path.ToString(), "Replace the key of the device"))
        {
            WriteObject(Answer.Of(Client.UpdateDeviceAsync(path, new DeviceDefinition { ApiKey = "" }, Cancellation)));
        }
    }
}

using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Replaces the API keys of devices by new random ones; the old keys stop working at once.</summary>
[Cmdlet(VerbsCommon.Reset, "CdbApiKey", SupportsShouldProcess = true)]
[OutputType(typeof(CdbDevice))]
public sealed class ResetCdbApiKeyCommand : DeviceCdbCmdlet
{
    protected override void Process(CdbPath path)
    {
        DeviceDefinition newKey = new() { ApiKey = "" };
        if (ShouldProcess(path.ToString(), "Replace the key of the device", () => Trial.CheckUpdate(path, newKey)))
        {
            WriteObject(Await.Result(Client.UpdateDeviceAsync(path, newKey, Cancellation)));
        }
    }
}

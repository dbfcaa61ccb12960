using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Changes properties of devices; what is not given stays as it is.</summary>
[Cmdlet(VerbsCommon.Set, "CdbDevice", SupportsShouldProcess = true)]
[OutputType(typeof(CdbDevice))]
public sealed class SetCdbDeviceCommand : DeviceSettingsCdbCmdlet
{
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process(CdbPath path)
    {
        if (!ShouldProcess(path.ToString(), "Change the device"))
        {
            return;
        }

        CdbDevice changed = Answer.Of(Client.UpdateDeviceAsync(path, Settings(), Cancellation));
        if (PassThru)
        {
            WriteObject(changed);
        }
    }
}

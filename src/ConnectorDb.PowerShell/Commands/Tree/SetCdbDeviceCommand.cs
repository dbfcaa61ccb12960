using System.Management.Automation;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Changes properties of devices; properties that are not given do not change.</summary>
[Cmdlet(VerbsCommon.Set, "CdbDevice", SupportsShouldProcess = true)]
[OutputType(typeof(CdbDevice))]
public sealed class SetCdbDeviceCommand : DeviceSettingsCdbCmdlet
{
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process(CdbPath path)
        => Write(path, "Change the device", () => Client.UpdateDeviceAsync(path, Settings(), Cancellation), PassThru);
}

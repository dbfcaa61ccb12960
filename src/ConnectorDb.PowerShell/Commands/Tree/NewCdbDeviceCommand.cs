using System.Collections;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Creates devices, each with its streams in one transaction.</summary>
[Cmdlet(VerbsCommon.New, "CdbDevice", SupportsShouldProcess = true)]
[OutputType(typeof(CdbDevice))]
public sealed class NewCdbDeviceCommand : DeviceSettingsCdbCmdlet
{
    [Parameter]
    public IDictionary? Stream { get; set; }

    protected override void Process(CdbPath path)
        => Write(path, "Create the device", () => Client.CreateDeviceAsync(path, Settings(Stream), Cancellation));
}

using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Makes devices, each with the streams it is to have: all or nothing.</summary>
[Cmdlet(VerbsCommon.New, "CdbDevice", SupportsShouldProcess = true)]
[OutputType(typeof(CdbDevice))]
public sealed class NewCdbDeviceCommand : DeviceSettingsCdbCmdlet
{
    [Parameter]
    public IDictionary? Stream { get; set; }

    protected override void Process(CdbPath path)
    {
        if (ShouldProcess(path.ToString(), "Create the device"))
        {
            WriteObject(Answer.Of(Client.CreateDeviceAsync(path, Settings(Stream), Cancellation)));
        }
    }
}

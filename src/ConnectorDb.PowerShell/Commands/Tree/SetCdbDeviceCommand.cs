using System.Management.Automation;
using ConnectorDb.Fields;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Changes properties of devices; properties that are not given do not change.</summary>
[Cmdlet(VerbsCommon.Set, "CdbDevice", SupportsShouldProcess = true)]
[OutputType(typeof(CdbDevice))]
public sealed class SetCdbDeviceCommand : DeviceSettingsCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.Device)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string[] Device { get; set; } = [];

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override IReadOnlyList<string> Nodes => Device;

    protected override void Process(CdbPath path)
        => Change(path, "Change the device", DeviceFields.All, Settings(), changes => Client.UpdateDeviceAsync(path, changes, Cancellation), PassThru);
}

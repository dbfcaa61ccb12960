using System.Collections;
using System.Management.Automation;
using ConnectorDb.Fields;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Creates devices, each with its streams in one transaction.</summary>
[Cmdlet(VerbsCommon.New, "CdbDevice", SupportsShouldProcess = true)]
[OutputType(typeof(CdbDevice))]
public sealed class NewCdbDeviceCommand : DeviceSettingsCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.Device)]
    [ArgumentCompleter(typeof(NewDeviceCompleter))]
    public string[] Device { get; set; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TreeArgument]
    [ArgumentCompleter(typeof(StreamTreeCompleter))]
    public IDictionary? Stream { get; set => field = NonEmptyCell(value); }

    private protected override IReadOnlyList<string> Nodes => Device;

    private protected override bool Creates => true;

    protected override void Process(CdbPath path)
    {
        // Read before the confirmation, so that -WhatIf reports an invalid tree, too.
        DeviceDefinition definition = Settings(Stream);
        Create(path, "Create the device", DeviceFields.All, definition, () => Client.CreateDeviceAsync(path, definition, Cancellation));
    }
}

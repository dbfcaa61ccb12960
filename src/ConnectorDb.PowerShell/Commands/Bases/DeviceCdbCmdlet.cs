using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>A cmdlet that handles devices.</summary>
public abstract class DeviceCdbCmdlet : NodeCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.Device)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string[] Device { get; set; } = [];

    private protected sealed override CdbPathKind Kind => CdbPathKind.Device;

    private protected sealed override IReadOnlyList<string> Nodes => Device;
}

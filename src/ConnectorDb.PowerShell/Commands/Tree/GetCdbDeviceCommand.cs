using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Gets devices by name; without a name, all devices of the current user. The path of a user stands for all its devices.</summary>
[Cmdlet(VerbsCommon.Get, "CdbDevice")]
[OutputType(typeof(CdbDevice))]
public sealed class GetCdbDeviceCommand : ConnectedCdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.Device, TakesOwners = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string[] Device { get; set; } = ["*"];

    protected override void Process()
    {
        TreeSearch search = new(Client, Cancellation);
        ForEach(Device, typed =>
        {
            PathPattern pattern = PathPattern.Resolve(typed, CdbPathKind.Device, Client.Identity);
            WriteEach(search.Devices(pattern.User, pattern.Device));
        });
    }
}

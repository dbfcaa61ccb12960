using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Gets devices by name; without a name, all devices of the current user. The path of a user stands for all its devices.</summary>
[Cmdlet(VerbsCommon.Get, "CdbDevice", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CdbDevice))]
public sealed class GetCdbDeviceCommand : ConnectedCdbCmdlet
{
    private const string NameSet = "Name";
    private const string CurrentSet = "Current";

    [Parameter(ParameterSetName = NameSet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.Device, TakesOwners = true, TakesOwned = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string[] Device { get; set => field = OfSet(value); } = ["*"];

    /// <summary>The device that is logged in.</summary>
    [Parameter(ParameterSetName = CurrentSet, Mandatory = true)]
    public SwitchParameter Current { get; set => field = OfSet(value); }

    /// <summary>Only devices that programs show.</summary>
    [Parameter]
    public SwitchParameter Visible { get; set; }

    protected override void Process()
    {
        if (Current)
        {
            WriteObject(Await.Result(Client.GetDeviceAsync(Self, Cancellation)));
            return;
        }

        TreeSearch search = new(Client, Cancellation);
        ForEach(Device, typed =>
        {
            PathPattern pattern = PathPattern.Resolve(typed, CdbPathKind.Device, Client.Identity);
            WriteEach(search.Devices(pattern.User, pattern.Device).Where(device => device.Visible || !Visible));
        });
    }
}

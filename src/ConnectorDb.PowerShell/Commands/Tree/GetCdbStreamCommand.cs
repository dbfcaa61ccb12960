using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Gets streams by name; without a name, all streams of the current device. The path of a device or user stands for all its streams.</summary>
[Cmdlet(VerbsCommon.Get, "CdbStream")]
[OutputType(typeof(CdbStream))]
public sealed class GetCdbStreamCommand : ConnectedCdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.Stream, TakesOwners = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public string[] Stream { get; set; } = ["*"];

    /// <summary>Only streams of public devices.</summary>
    [Parameter]
    public SwitchParameter Public { get; set; }

    /// <summary>Only streams with a downlink.</summary>
    [Parameter]
    public SwitchParameter Downlink { get; set; }

    /// <summary>Searches for names without a device in all devices of the user.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    protected override void Process()
    {
        TreeSearch search = new(Client, Cancellation);
        ForEach(Stream, typed =>
        {
            string name = Recurse && !typed.Contains('/', StringComparison.Ordinal) ? "*/" + typed : typed;
            PathPattern pattern = PathPattern.Resolve(name, CdbPathKind.Stream, Client.Identity);
            WriteEach(search.Streams(pattern.User, pattern.Device, pattern.Stream, Public).Where(stream => stream.Downlink || !Downlink));
        });
    }
}

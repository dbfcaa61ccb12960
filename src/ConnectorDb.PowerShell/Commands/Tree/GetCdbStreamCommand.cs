using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Gets streams by their names; without any, all of one's own device. A device or user stands for all its streams.</summary>
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

    /// <summary>Only streams that others may ask for values.</summary>
    [Parameter]
    public SwitchParameter Downlink { get; set; }

    /// <summary>Names without a device are looked for in all devices of the user.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    protected override void Process()
    {
        TreeSearch search = new(Client, Cancellation);
        foreach (string typed in Stream)
        {
            string name = Recurse && !typed.Contains('/', StringComparison.Ordinal) ? "*/" + typed : typed;
            Try(() => Write(search, PathPattern.Resolve(name, CdbPathKind.Stream, Client.Identity)), typed);
        }
    }

    private void Write(TreeSearch search, PathPattern pattern)
    {
        foreach (CdbStream stream in search.Streams(pattern.User, pattern.Device, pattern.Stream, Public))
        {
            if (stream.Downlink || !Downlink)
            {
                WriteObject(stream);
            }
        }
    }
}

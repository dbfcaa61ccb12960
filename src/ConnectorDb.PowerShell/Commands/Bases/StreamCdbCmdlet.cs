using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>A cmdlet that handles streams.</summary>
public abstract class StreamCdbCmdlet : NodeCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.Stream)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public string[] Stream { get; set; } = [];

    private protected sealed override CdbPathKind Kind => CdbPathKind.Stream;

    private protected sealed override IReadOnlyList<string> Nodes => Stream;
}

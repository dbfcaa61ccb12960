using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>A cmdlet that handles users.</summary>
public abstract class UserCdbCmdlet : NodeCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.User)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[] User { get; set; } = [];

    private protected sealed override CdbPathKind Kind => CdbPathKind.User;

    private protected sealed override IReadOnlyList<string> Nodes => User;
}

using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Gets users by name; without a name, all users.</summary>
[Cmdlet(VerbsCommon.Get, "CdbUser")]
[OutputType(typeof(CdbUser))]
public sealed class GetCdbUserCommand : ConnectedCdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.User)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[] User { get; set; } = ["*"];

    protected override void Process()
    {
        TreeSearch search = new(Client, Cancellation);
        ForEach(User, name => WriteEach(search.Users(name)));
    }
}

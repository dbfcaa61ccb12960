using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Lists the sessions of browsers.</summary>
[Cmdlet(VerbsCommon.Get, "CdbSession")]
[OutputType(typeof(CdbSession))]
public sealed class GetCdbSessionCommand : ConnectedCdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonNull]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.User, TakesOwned = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[]? User { get; set; }

    protected override void Process()
    {
        if (User is null)
        {
            WriteEach(Sessions(null));
            return;
        }

        TreeSearch search = new(Client, Cancellation);
        ForEach(User, name => WriteEach(search.Users(name).SelectMany(user => Sessions(user.GetPath()))));
    }

    private IEnumerable<CdbSession> Sessions(CdbPath? user) => Await.Each(Client.ListSessionsAsync(user, Cancellation));
}

using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Connections;

/// <summary>Gets the version of a database, the numbers of its nodes, and its transforms and interpolators.</summary>
[Cmdlet(VerbsCommon.Get, "CdbInfo")]
[OutputType(typeof(CdbInfo))]
public sealed class GetCdbInfoCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NonNull]
    [OpenedArgument<CdbConnection>(TakesMany = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbConnection>))]
    public CdbConnection[]? Connection { get; set; }

    protected override void Process()
        => ForEach(Connection ?? [RunspaceSession.Current.Default ?? throw new NotConnectedException()], connection => WriteObject(Await.Result(connection.Client.GetInfoAsync(Cancellation))));
}

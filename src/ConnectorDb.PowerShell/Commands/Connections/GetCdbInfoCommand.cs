using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Connections;

/// <summary>Gets the version of a database, the numbers of its nodes, and its transforms and interpolators.</summary>
[Cmdlet(VerbsCommon.Get, "CdbInfo")]
[OutputType(typeof(CdbInfo))]
public sealed class GetCdbInfoCommand : ConnectedCdbCmdlet
{
    protected override void End() => WriteObject(Await.Result(Client.GetInfoAsync(Cancellation)));
}

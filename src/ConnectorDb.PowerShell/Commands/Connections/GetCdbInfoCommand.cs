using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Commands.Connections;

/// <summary>Gets what a database says of itself: version, counts, the transforms and interpolators it knows.</summary>
[Cmdlet(VerbsCommon.Get, "CdbInfo")]
[OutputType(typeof(CdbInfo))]
public sealed class GetCdbInfoCommand : ConnectedCdbCmdlet
{
    protected override void End() => WriteObject(Answer.Of(Client.GetInfoAsync(Cancellation)));
}

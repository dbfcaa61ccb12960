using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Connections;

/// <summary>Lists the open connections of this runspace, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "CdbConnection")]
[OutputType(typeof(CdbConnection))]
public sealed class GetCdbConnectionCommand : CdbCmdlet
{
    protected override void End() => WriteEach(RunspaceSession.Current.Connections);
}

using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Gets the pollers of this runspace with their lag, missed samples and errors.</summary>
[Cmdlet(VerbsCommon.Get, "CdbPoller")]
[OutputType(typeof(CdbPoller))]
public sealed class GetCdbPollerCommand : CdbCmdlet
{
    protected override void End() => WriteEach(RunspaceSession.Current.Pollers);
}

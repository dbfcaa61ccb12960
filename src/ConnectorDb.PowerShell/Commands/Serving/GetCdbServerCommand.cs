using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Serving;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Serving;

/// <summary>Lists the servers that this session started, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "CdbServer")]
[OutputType(typeof(CdbServer))]
public sealed class GetCdbServerCommand : CdbCmdlet
{
    protected override void End() => WriteEach(RunspaceSession.Current.Servers);
}

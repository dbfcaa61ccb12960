using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Gets the pollers of this runspace: how far behind they are, how many slots were missed, what went wrong.</summary>
[Cmdlet(VerbsCommon.Get, "CdbPoller")]
[OutputType(typeof(CdbPoller))]
public sealed class GetCdbPollerCommand : CdbCmdlet
{
    protected override void End()
    {
        foreach (CdbPoller poller in Session.Current.Pollers)
        {
            WriteObject(poller);
        }
    }
}

using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Connections;

/// <summary>Closes connections; by default, the default connection of this runspace.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Cdb")]
[OutputType(typeof(void))]
public sealed class DisconnectCdbCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public CdbConnection[]? Connection { get; set; }

    protected override void Process()
    {
        foreach (CdbConnection connection in Connection ?? [RunspaceSession.Current.Default ?? throw new NotConnectedException()])
        {
            RunspaceSession.Current.Close(connection);
        }
    }
}

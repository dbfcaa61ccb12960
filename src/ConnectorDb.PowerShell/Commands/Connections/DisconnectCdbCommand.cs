using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Connections;

/// <summary>Closes connections; by default, the default connection of this runspace.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Cdb")]
[OutputType(typeof(void))]
public sealed class DisconnectCdbCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NonNull]
    [OpenedArgument<CdbConnection>(TakesMany = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbConnection>))]
    public CdbConnection[]? Connection { get; set; }

    private CdbConnection? _before;

    protected override void Begin() => _before = RunspaceSession.Current.Default;

    protected override void Process()
    {
        if (Connection is [])
        {
            ReportNoMatch("open connection", null, "Get-CdbConnection");
        }

        foreach (CdbConnection connection in Connection ?? [RunspaceSession.Current.Default ?? throw new NotConnectedException()])
        {
            RunspaceSession.Current.Close(connection);
            WriteVerbose($"Closed the connection {connection}.");
        }
    }

    protected override void End()
    {
        if (_before is not null && RunspaceSession.Current.Default is { } now && now != _before)
        {
            WriteWarning($"Cmdlets without -Connection now use {now}. Before, they used {_before}, which is closed. Select-CdbConnection chooses another.");
        }
    }
}

using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Connections;

/// <summary>Makes an open connection the default of this runspace.</summary>
[Cmdlet(VerbsCommon.Select, "CdbConnection")]
[OutputType(typeof(void), typeof(CdbConnection))]
public sealed class SelectCdbConnectionCommand : CdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NonNull]
    [OpenedArgument<CdbConnection>]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbConnection>))]
    public CdbConnection Connection { get; set; } = null!;

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process()
    {
        // A closed connection has no client, and says so.
        _ = Connection.Client;
        RunspaceSession.Current.Select(Connection);
        WriteVerbose($"Cmdlets without -Connection now use {Connection}.");
        if (PassThru)
        {
            WriteObject(Connection);
        }
    }
}

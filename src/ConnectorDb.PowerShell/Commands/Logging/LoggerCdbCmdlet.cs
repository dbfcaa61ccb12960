using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>A cmdlet for a logger: the given one, or the one that this runspace opened last.</summary>
public abstract class LoggerCdbCmdlet : CdbCmdlet
{
    [Parameter]
    [NonNull]
    [OpenedArgument<CdbLogger>]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbLogger>))]
    public CdbLogger? Logger { get; set; }

    private protected CdbLogger Opened => Logger ?? RunspaceSession.Current.DefaultLogger
        ?? throw new StoreException(StoreFault.Closed, "No logger is open. Open one with Start-CdbLogger or New-CdbLogger, or specify one with -Logger.", null);

    private protected IDataLogger Target => Opened.Logger;

    protected override void Begin() => _ = Target;
}

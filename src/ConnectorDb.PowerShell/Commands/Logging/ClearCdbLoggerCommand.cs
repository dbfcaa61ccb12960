using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Deletes the waiting entries or the dead letters of a logger.</summary>
[Cmdlet(VerbsCommon.Clear, "CdbLogger", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class ClearCdbLoggerCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NonNull]
    [OpenedArgument<CdbLogger>]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbLogger>))]
    public CdbLogger? Logger { get; set; }

    [Parameter]
    public SwitchParameter SetAside { get; set; }

    protected override void Process()
    {
        CdbLogger logger = Logger ?? RunspaceSession.Current.DefaultLogger
            ?? throw new StoreException(StoreFault.Closed, "No logger is open. Open one with Start-CdbLogger or New-CdbLogger, or specify one with -Logger.", null);
        if (SetAside && ShouldProcess(logger.Path, $"Delete {CountText.Of(logger.Logger.ListDeadLetters().Count, "dead letter")}"))
        {
            WriteVerbose($"Deleted {CountText.Of(logger.Logger.DeleteDeadLetters(logger.Logger.ListDeadLetters()), "dead letter")} of '{logger.Path}'.");
        }
        else if (!SetAside && ShouldProcess(logger.Path, $"Delete {CountText.Of(logger.Cached, "waiting entry", "waiting entries")}"))
        {
            WriteVerbose($"Deleted {CountText.Of(logger.Logger.Clear(), "waiting entry", "waiting entries")} of '{logger.Path}'.");
        }
    }
}

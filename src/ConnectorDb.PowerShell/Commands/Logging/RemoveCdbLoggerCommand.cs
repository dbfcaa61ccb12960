using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Closes loggers and deletes their files with all waiting entries.</summary>
[Cmdlet(VerbsCommon.Remove, "CdbLogger", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveCdbLoggerCommand : CdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [OpenedArgument<CdbLogger>(TakesMany = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbLogger>))]
    public CdbLogger[] Logger { get; set; } = [];

    protected override void Process()
    {
        foreach (CdbLogger logger in Logger)
        {
            if (ShouldProcess(logger.Path, logger.IsOpen ? $"Delete the logger and {CountText.Of(logger.Cached, "waiting entry", "waiting entries")}" : "Delete the logger and all waiting entries"))
            {
                logger.Dispose();
                LoggerFiles.Delete(logger.Path);
            }
        }
    }
}

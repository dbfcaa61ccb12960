using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Closes loggers and deletes their files, with what waits in them.</summary>
[Cmdlet(VerbsCommon.Remove, "CdbLogger", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveCdbLoggerCommand : CdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public CdbLogger[] Logger { get; set; } = [];

    protected override void Process()
    {
        foreach (CdbLogger logger in Logger)
        {
            if (ShouldProcess(logger.Path, logger.IsOpen ? $"Delete the logger with the {logger.Cached} items that wait in it" : "Delete the logger with all that waits in it"))
            {
                logger.Dispose();
                LoggerFiles.Delete(logger.Path);
            }
        }
    }
}

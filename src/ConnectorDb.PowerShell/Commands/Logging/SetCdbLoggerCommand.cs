using System.Management.Automation;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Changes the settings and destinations of a logger.</summary>
[Cmdlet(VerbsCommon.Set, "CdbLogger", SupportsShouldProcess = true)]
[OutputType(typeof(void), typeof(CdbLogger))]
public sealed class SetCdbLoggerCommand : LoggerSettingsCdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public CdbLogger? Logger { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? RemoveSink { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process()
    {
        CdbLogger logger = Logger ?? RunspaceSession.Current.DefaultLogger
            ?? throw new StoreException(StoreFault.Closed, "No logger is open. Open one with Start-CdbLogger or New-CdbLogger.", null);
        if (!ShouldProcess(logger.Path, "Change the logger"))
        {
            return;
        }

        foreach (string name in RemoveSink ?? [])
        {
            long waiting = logger.Destinations.Where(each => each.Name == name).Sum(each => each.Pending);
            logger.Logger.RemoveSink(name);
            if (waiting > 0)
            {
                WriteWarning(logger.Destinations.Any(each => !each.IsLeaving)
                    ? $"{waiting} entries that waited for '{name}' are not sent to it."
                    : $"{waiting} entries that waited for '{name}' wait for the next destination.");
            }
        }

        Configure(logger.Logger);
        if (PassThru)
        {
            WriteObject(logger);
        }
    }
}

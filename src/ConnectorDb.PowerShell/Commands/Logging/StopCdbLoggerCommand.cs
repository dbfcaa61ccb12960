using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Sends once more what waits, and closes loggers; all of this runspace when none is given.</summary>
[Cmdlet(VerbsLifecycle.Stop, "CdbLogger", SupportsShouldProcess = true)]
[OutputType(typeof(void), typeof(SyncResult))]
public sealed class StopCdbLoggerCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public CdbLogger[]? Logger { get; set; }

    [Parameter]
    [DurationArgument]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process()
    {
        foreach (CdbLogger logger in Logger ?? Session.Current.Loggers)
        {
            Try(() => Stop(logger), logger);
        }
    }

    private void Stop(CdbLogger logger)
    {
        if (!logger.IsOpen || !ShouldProcess(logger.Path, "Stop the logger"))
        {
            return;
        }

        try
        {
            SyncResult? last = logger.Logger.StopAsync(Timeout).GetAwaiter().GetResult();
            foreach (DestinationResult failed in last?.Destinations.Where(each => each.Error is not null) ?? [])
            {
                WriteWarning($"{failed.Destination}: {failed.Error} {failed.Pending} items wait in '{logger.Path}'.");
            }

            if (PassThru && last is not null)
            {
                WriteObject(last);
            }
        }
        finally
        {
            logger.Dispose();
        }
    }
}

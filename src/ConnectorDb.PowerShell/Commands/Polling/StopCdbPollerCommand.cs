using System.Management.Automation;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Stops pollers, by default all of this runspace. The remaining values are written to the logger, which stays open.</summary>
[Cmdlet(VerbsLifecycle.Stop, "CdbPoller", SupportsShouldProcess = true)]
[OutputType(typeof(void), typeof(PollerStatus))]
public sealed class StopCdbPollerCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public CdbPoller[]? Poller { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process()
    {
        ForEach(Poller ?? RunspaceSession.Current.Pollers, Stop);
    }

    private void Stop(CdbPoller poller)
    {
        if (!poller.IsOpen || !ShouldProcess(poller.ToString(), "Stop the poller"))
        {
            return;
        }

        poller.Dispose();
        PollerStatus status = poller.Status;
        if (status.Unwritten > 0)
        {
            WriteWarning($"{status.Unwritten} values could not be written to the logger and are lost: {status.LastWriteError}");
        }

        if (PassThru)
        {
            WriteObject(status);
        }
    }
}

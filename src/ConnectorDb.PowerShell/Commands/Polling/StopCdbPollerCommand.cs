using System.Management.Automation;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Stops pollers; all of this runspace when none is given. What was measured is written to the logger, which stays open.</summary>
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
        foreach (CdbPoller poller in Poller ?? Session.Current.Pollers)
        {
            Try(() => Stop(poller), poller);
        }
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
            WriteWarning($"{status.Unwritten} values could not be written and are lost: {status.LastWriteError}");
        }

        if (PassThru)
        {
            WriteObject(status);
        }
    }
}

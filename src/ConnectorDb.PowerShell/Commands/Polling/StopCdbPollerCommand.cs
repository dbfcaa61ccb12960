using System.Globalization;
using System.Management.Automation;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Stops pollers, by default all of this runspace. The remaining values are written to the logger, which stays open.</summary>
[Cmdlet(VerbsLifecycle.Stop, "CdbPoller", SupportsShouldProcess = true)]
[OutputType(typeof(void), typeof(PollerStatus))]
public sealed class StopCdbPollerCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NonNull]
    [OpenedArgument<CdbPoller>(TakesMany = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbPoller>))]
    public CdbPoller[]? Poller { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process()
    {
        IReadOnlyList<CdbPoller> pollers = Poller ?? RunspaceSession.Current.Pollers;
        if (Poller is null && pollers.Count == 0)
        {
            WriteWarning("No poller of this session is running, so nothing was stopped.");
        }

        if (Poller is [])
        {
            ReportNoMatch("running poller", null, "Get-CdbPoller");
        }

        ForEach(pollers, Stop);
    }

    private void Stop(CdbPoller poller)
    {
        if (!poller.IsOpen || !ShouldProcess(poller.ToString(), "Stop the poller"))
        {
            return;
        }

        poller.Dispose();
        PollerStatus status = poller.Status;
        WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"Stopped the poller '{poller}': {CountText.Of(status.Values, "value")}, {CountText.Of(status.Errors, "error")}, {status.Missed:N0} missed."));
        if (status.Unwritten > 0)
        {
            WriteWarning($"{CountText.Of(status.Unwritten, "value")} could not be written to the logger and {(status.Unwritten == 1 ? "is" : "are")} lost: {status.LastWriteError}");
        }

        if (PassThru)
        {
            WriteObject(status);
        }
    }
}

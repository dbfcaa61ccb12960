using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Scripts;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Syncs once more and closes loggers, by default all of this runspace.</summary>
[Cmdlet(VerbsLifecycle.Stop, "CdbLogger", SupportsShouldProcess = true, DefaultParameterSetName = LoggerSet)]
[OutputType(typeof(void), typeof(SyncResult))]
public sealed class StopCdbLoggerCommand : CdbCmdlet
{
    private const string LoggerSet = "Logger";
    private const string PathSet = "Path";
    private readonly List<string> _failures = [];

    [Parameter(ParameterSetName = LoggerSet, Position = 0, ValueFromPipeline = true)]
    [NonNull]
    [OpenedArgument<CdbLogger>(TakesMany = true, LeavesOthers = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbLogger>))]
    public CdbLogger[]? Logger { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [NonEmpty]
    [ArgumentCompleter(typeof(OpenLoggerCompleter))]
    public string? Path { get; set => field = OfSet(value); }

    [Parameter]
    [DurationArgument(IsTimeout = true)]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    public SwitchParameter ThrowOnFailure { get; set; }

    protected override void Process()
    {
        IReadOnlyList<CdbLogger> loggers = Path is null ? Logger ?? RunspaceSession.Current.Loggers : OpenAt(Path);
        if (Logger is [])
        {
            ReportNoMatch("open logger", null, "Get-CdbLogger");
        }
        else if (Logger is null && !loggers.Any(logger => logger.IsOpen))
        {
            WriteWarning("No logger of this session is open, so nothing was stopped.");
        }

        foreach (CdbLogger logger in loggers)
        {
            Try(() => Stop(logger), logger);
        }
    }

    /// <summary>Reports failures after all loggers are stopped.</summary>
    protected override void End()
    {
        if (_failures.Count > 0)
        {
            ThrowTerminatingError(ErrorRecords.Of(new SinkException($"Not everything was sent: {string.Join(" ", _failures)}", null)));
        }
    }

    private List<CdbLogger> OpenAt(string path)
    {
        string file = Engine.Locate(FilePath(path));
        return RunspaceSession.Current.Loggers.Where(logger => logger.Path == file).ToList() is { Count: > 0 } found
            ? found
            : throw new NotFoundException($"No logger of this runspace has '{path}' open. Get-CdbLogger lists the open loggers.", path);
    }

    private void Stop(CdbLogger logger)
    {
        if (!logger.IsOpen || !ShouldProcess(logger.Path, "Stop the logger"))
        {
            return;
        }

        try
        {
            bool isError = Given(nameof(ThrowOnFailure)) ? ThrowOnFailure.ToBool() : logger.Logger.Settings.ThrowOnFailure;
            SyncResult? last = Await.Result(logger.Logger.StopAsync(Timeout, Cancellation));
            SyncScripts.Wait(logger, Timeout, Cancellation);
            if (last is not null)
            {
                ReportNewStores(last);
            }

            LoggerStatus status = logger.Logger.GetStatus();
            long waiting = status.Cached;
            string wait = waiting > 0 ? $" {CountText.Of(waiting, "entry waits", "entries wait")} in '{logger.Path}'" : "";
            if (last is null && waiting > 0)
            {
                WriteWarning($"{WhyWaiting(status)}{wait}. {(IsTaken(status) ? $"Sync-CdbLogger '{logger.Path}' sends {(waiting == 1 ? "it" : "them")}." : "Open it again with Start-CdbLogger and add one with Set-CdbLogger, or delete what waits with Clear-CdbLogger.")}");
            }
            else if (last is { Succeeded: false } && (waiting > 0 || last.Destinations.Length > 0))
            {
                string problem = $"{string.Join(" ", last.Problems)}{(waiting > 0 ? $"{wait}." : "")}";
                if (isError)
                {
                    _failures.Add(problem);
                }
                else
                {
                    Warn(problem);
                }
            }

            WriteVerbose($"Closed the logger '{logger.Path}': {(last is null ? "it did not run in the background" : $"the last sync sent {CountText.Of(last.Sent, "entry", "entries")}")}, {CountText.Of(waiting, "entry waits", "entries wait")}.");
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

    private static string WhyWaiting(LoggerStatus status)
    {
        string[] errors = [.. status.Destinations.Where(each => each.Pending > 0 && each.LastErrorTime >= (each.LastSuccess ?? DateTimeOffset.MinValue)).Select(each => $"{each.Name}: {each.LastError}")];
        return errors.Length > 0 ? $"The last sync failed. {string.Join(" ", errors)}"
            : IsTaken(status) ? "The logger was not running in the background, so nothing was sent."
            : "No destination takes what waits.";
    }

    /// <summary>False where the entries are for none of the destinations, such as numbers for Grafana.</summary>
    private static bool IsTaken(LoggerStatus status) => status.Destinations.Any(each => each.Pending > 0);
}

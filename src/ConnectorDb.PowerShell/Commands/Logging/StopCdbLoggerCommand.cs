using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Sessions;

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
    [ValidateNotNull]
    public CdbLogger[]? Logger { get; set; }

    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    [Parameter]
    [DurationArgument(IsTimeout = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    public SwitchParameter ThrowOnFailure { get; set; }

    protected override void Process()
    {
        IReadOnlyList<CdbLogger> loggers = Path is null ? Logger ?? RunspaceSession.Current.Loggers : OpenAt(Path);
        if (Logger is null && !loggers.Any(logger => logger.IsOpen))
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
        string file = FilePath(path);
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
            SyncResult? last = logger.Logger.StopAsync(Timeout).GetAwaiter().GetResult();
            long waiting = logger.Logger.GetStatus().Cached;
            string wait = waiting > 0 ? $" {waiting} entries wait in '{logger.Path}'." : "";
            if (last is null && waiting > 0)
            {
                WriteWarning($"The logger was not running in the background, so nothing was sent.{wait} Sync-CdbLogger sends them.");
            }
            else if (last is { Succeeded: false } && (waiting > 0 || last.Destinations.Count > 0))
            {
                string problem = $"{string.Join(" ", last.Problems)}{wait}";
                if (isError)
                {
                    _failures.Add(problem);
                }
                else
                {
                    WriteWarning(problem);
                }
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

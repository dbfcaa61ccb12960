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
        foreach (CdbLogger logger in Path is null ? Logger ?? RunspaceSession.Current.Loggers : OpenAt(Path))
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
            foreach (DestinationResult failed in last?.Destinations.Where(each => each.Error is not null) ?? [])
            {
                string why = $"{failed.Destination}: {failed.Error} {failed.Pending} entries wait in '{logger.Path}'.";
                if (isError)
                {
                    _failures.Add(why);
                }
                else
                {
                    WriteWarning(why);
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

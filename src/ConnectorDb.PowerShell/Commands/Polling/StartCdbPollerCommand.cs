using System.Management.Automation;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Starts a poller in the background for the items of a configuration file or of the pipeline.</summary>
[Cmdlet(VerbsLifecycle.Start, "CdbPoller", SupportsShouldProcess = true)]
[OutputType(typeof(CdbPoller))]
public sealed class StartCdbPollerCommand : CdbCmdlet
{
    [Parameter(Position = 0)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? Path { get; set; }

    [Parameter]
    [NonNull]
    [OpenedArgument<CdbLogger>]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbLogger>))]
    public CdbLogger? Logger { get; set; }

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(MeasurementCompleter))]
    public string? Measurement { get; set; }

    [Parameter(ValueFromPipeline = true)]
    [NonNull]
    [ArgumentCompleter(typeof(ObjectCompleter<PollItem>))]
    public PollItem[] Item { get; set; } = [];

    [Parameter]
    [ValidateRange(1, 1000)]
    public int Concurrency { get; set; }

    [Parameter]
    [DurationArgument]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan MetricsInterval { get; set; }

    private readonly List<PollItem> _items = [];

    /// <summary>The logger that only this poller has opened.</summary>
    private CdbLogger? _openedLogger;

    /// <summary>True if the logger was created for this poller.</summary>
    private bool _isNewLogger;

    protected override void Process() => _items.AddRange(Item);

    protected override void End()
    {
        string? path = Path is null ? null : FilePath(Path);
        if (!ShouldProcess(path ?? "items", "Start to poll", () => Check(path)))
        {
            return;
        }

        CdbPoller? poller = null;
        try
        {
            poller = PollEngine.Open(new PollerRequest
            {
                Path = path,
                Concurrency = IfGiven(Concurrency),
                Measurement = Measurement,
                MetricsInterval = IfGiven(MetricsInterval),
                Logger = Logger,
                FindLogger = FindLogger,
                Background = script => Background(script),
                Warn = WriteWarning,
            });
            _items.ForEach(poller.Poller.Add);
            _openedLogger?.Logger.Start();
            poller.Poller.Start();
        }
        catch
        {
            poller?.Dispose();
            _openedLogger?.Dispose();
            throw;
        }

        if (_openedLogger is not null)
        {
            RunspaceSession.Current.Add(_openedLogger);
        }

        RunspaceSession.Current.Add(poller);
        Tell(poller);
        WriteObject(poller);
    }

    private void Tell(CdbPoller poller)
    {
        WriteVerbose($"Started to poll {CountText.Of(poller.Items.Length, "item")}{(poller.Logger is { } logger ? $" into the logger '{logger.Path}'" : "")}.");
        if (poller.Logger is null)
        {
            WriteWarning("The poller has no logger: Get-CdbPollItem shows the newest values, and nothing is recorded. To record, open a logger with Start-CdbLogger, and then stop and start the poller.");
        }

        foreach (PollItemStatus item in poller.Items)
        {
            WriteVerbose(item.NotAvailable is { } reason ? $"Skips '{item.Name}': {reason}" : $"Polls '{item.Name}' ({item.Key} {item.Argument}".TrimEnd() + $") every {item.Interval}.");
        }

        if (_isNewLogger)
        {
            ReportMade($"Made a new logger in '{_openedLogger!.Path}'.", isUnlikely: false, "");
        }

        foreach ((string store, _) in (_openedLogger?.Logger.Sinks ?? []).Select(LoggerEngine.StoreToCreate).OfType<(string, string?)>())
        {
            ReportMade($"The first sync makes a new store in '{store}'.", isUnlikely: false, "");
        }
    }

    private static void Check(string? path)
    {
        if (path is not null)
        {
            PollEngine.Read(path);
        }
    }

    /// <summary>The logger of this file, which is opened or made, or the newest that is open here.</summary>
    private CdbLogger? FindLogger(string? named)
    {
        if (named is null)
        {
            return RunspaceSession.Current.DefaultLogger;
        }

        if (RunspaceSession.Current.LoggerOf(Engine.Locate(named)) is { } open)
        {
            return open;
        }

        _isNewLogger = !File.Exists(named) || LoggerFiles.IsEmpty(named);
        return _openedLogger = LoggerEngine.Open(named, ScriptCaller(), WriteWarning);
    }
}

using System.Management.Automation;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Starts a poller in the background for the items of a configuration file or of the pipeline.</summary>
[Cmdlet(VerbsLifecycle.Start, "CdbPoller", SupportsShouldProcess = true)]
[OutputType(typeof(CdbPoller))]
public sealed class StartCdbPollerCommand : CdbCmdlet
{
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    [Parameter]
    [ValidateNotNull]
    public CdbLogger? Logger { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Measurement { get; set; }

    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PollItem[] Item { get; set; } = [];

    [Parameter]
    [ValidateRange(1, 1000)]
    public int Concurrency { get; set; }

    [Parameter]
    [DurationArgument]
    public TimeSpan MetricsInterval { get; set; }

    private readonly List<PollItem> _items = [];

    /// <summary>The logger that only this poller has opened.</summary>
    private CdbLogger? _openedLogger;

    protected override void Process() => _items.AddRange(Item);

    protected override void End()
    {
        string? path = Path is null ? null : FilePath(Path);
        if (!ShouldProcess(path ?? "items", "Start to poll"))
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
        WriteObject(poller);
    }

    /// <summary>The logger of this file, which is opened or made, or the newest that is open here.</summary>
    private CdbLogger? FindLogger(string? named)
    {
        if (named is null)
        {
            return RunspaceSession.Current.DefaultLogger;
        }

        return RunspaceSession.Current.Loggers.FirstOrDefault(logger => logger.Path == named) ?? (_openedLogger = LoggerEngine.Open(named, WriteWarning));
    }
}

using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Host;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Scripts;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Starts to sync a new or open logger in the background.</summary>
[Cmdlet(VerbsLifecycle.Start, "CdbLogger", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(CdbLogger))]
public sealed class StartCdbLoggerCommand : OpeningLoggerCdbCmdlet
{
    private const string LoggerSet = "Logger";

    /// <summary>The file; without it, the logger that the runspace opened last is started.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 0)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public override string Path { get; set => field = OfSet(value); } = "";

    [Parameter(ParameterSetName = LoggerSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NonNull]
    [OpenedArgument<CdbLogger>(LeavesOthers = true)]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbLogger>))]
    public CdbLogger? Logger { get; set => field = OfSet(value); }

    [Parameter]
    [NonNull]
    public ScriptBlock? OnSync { get; set; }

    [Parameter]
    [NonNull]
    public ScriptBlock? OnSyncFail { get; set; }

    protected override void Process()
    {
        CdbLogger? opened = Logger ?? (Path.Length > 0 ? Named(Path) : LastOpened);
        if (!ShouldProcess(opened?.Path ?? Path, "Start the logger", opened is null ? Check : () => { }))
        {
            return;
        }

        if (opened is null)
        {
            WriteObject(Open(Start));
            return;
        }

        Configure(opened.Logger);
        Start(opened);
        WriteObject(opened);
    }

    /// <summary>The open logger that a text names, where no file does. PowerShell binds any text to the path.</summary>
    private CdbLogger? Named(string text)
        => !File.Exists(FilePath(text)) && OpenedNames.Find<CdbLogger>(SessionState, text) is [var only] ? only : null;

    private static CdbLogger LastOpened => RunspaceSession.Current.DefaultLogger
        ?? throw new StoreException(StoreFault.Closed, "No logger of this session is open. Give the file of a logger, which is made if it is missing: Start-CdbLogger ./logger.db.", null);

    private void Start(CdbLogger logger)
    {
        if (IsVerbose)
        {
            PSHostUserInterface screen = Host.UI;
            ConcurrentDictionary<string, string> said = [];
            logger.Synced += (_, result) => TellChange(screen, logger, result, said);
        }

        AddScript(logger, OnSync, nameof(OnSync), succeeded: true);
        AddScript(logger, OnSyncFail, nameof(OnSyncFail), succeeded: false);
        logger.Logger.Start();
        WriteVerbose(logger.Destinations is { Length: > 0 } destinations
            ? $"Sends to {string.Join(", ", destinations.Select(each => $"{each.Name} ({each.Location})"))} every {logger.Logger.Settings.SyncPeriod}."
            : $"Sends nothing until Set-CdbLogger -Sink adds a destination; then every {logger.Logger.Settings.SyncPeriod}.");
    }

    /// <summary>Reports a sync, unless nothing was sent and the last sync of these destinations had the same result.</summary>
    private static void TellChange(PSHostUserInterface screen, CdbLogger logger, SyncResult result, ConcurrentDictionary<string, string> said)
    {
        string destinations = string.Join(", ", result.Destinations.Select(each => each.Destination));
        bool isSame = said.GetValueOrDefault(destinations) == $"{result}";
        said[destinations] = $"{result}";
        if (!isSame || result.Sent > 0)
        {
            screen.WriteVerboseLine($"{logger}, sync: {result}");
        }
    }

    private void AddScript(CdbLogger logger, ScriptBlock? script, string parameter, bool succeeded)
    {
        if (script is not null)
        {
            SyncScripts.Add(logger, Background(script), $"-{parameter}", succeeded);
        }
    }
}

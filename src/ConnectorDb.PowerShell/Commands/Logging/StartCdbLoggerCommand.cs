using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Host;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Scripts;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Starts to sync a new or open logger in the background.</summary>
[Cmdlet(VerbsLifecycle.Start, "CdbLogger", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(CdbLogger))]
public sealed class StartCdbLoggerCommand : OpeningLoggerCdbCmdlet
{
    private const string LoggerSet = "Logger";

    [Parameter(ParameterSetName = LoggerSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [OpenedArgument<CdbLogger>(LeavesOthers = true)]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbLogger>))]
    public CdbLogger? Logger { get; set => field = OfSet(value); }

    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? OnSync { get; set; }

    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? OnSyncFail { get; set; }

    protected override void Process()
    {
        if (!ShouldProcess(Logger?.Path ?? Path, "Start the logger"))
        {
            return;
        }

        if (Logger is null)
        {
            WriteObject(Open(Start));
            return;
        }

        Configure(Logger.Logger);
        Start(Logger);
        WriteObject(Logger);
    }

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

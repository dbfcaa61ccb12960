using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Closes loggers and deletes their files with all waiting entries.</summary>
[Cmdlet(VerbsCommon.Remove, "CdbLogger", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = LoggerSet)]
[OutputType(typeof(void))]
public sealed class RemoveCdbLoggerCommand : CdbCmdlet
{
    private const string LoggerSet = "Logger";
    private const string PathSet = "Path";

    [Parameter(ParameterSetName = LoggerSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    [OpenedArgument<CdbLogger>(TakesMany = true, LeavesOthers = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LoggerFileCompleter))]
    public CdbLogger[] Logger { get; set => field = OfSet(value); } = [];

    /// <summary>The file of a logger that is not open.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? Path { get; set => field = OfSet(value); }

    protected override void Process()
    {
        if (Path is null)
        {
            if (Logger.Length == 0)
            {
                ReportNoMatch("open logger", null, "Get-CdbLogger");
            }

            ForEach(Logger, Remove);
            return;
        }

        string path = Engine.Locate(FilePath(Path));
        if (RunspaceSession.Current.Loggers.FirstOrDefault(logger => logger.Path == path) is { } open)
        {
            Remove(open);
            return;
        }

        if (!File.Exists(path))
        {
            throw new NotFoundException($"There is no logger '{path}'. Check the path; Get-CdbLogger lists the open loggers.", Path);
        }

        // Opening proves that the file is a logger, and counts what waits in it.
        using CdbLogger closed = LoggerFiles.IsEmpty(path)
            ? throw new StoreException(StoreFault.NotAStore, $"The file '{path}' is empty and no logger. Check the path.", Path)
            : LoggerEngine.Open(path, ScriptCaller(), WriteWarning);
        Remove(closed);
    }

    private void Remove(CdbLogger logger)
    {
        if (ShouldProcess(logger.Path, logger.IsOpen ? $"Delete the logger and {CountText.Of(logger.Cached, "waiting entry", "waiting entries")}" : "Delete the logger and all waiting entries"))
        {
            logger.Dispose();
            LoggerFiles.Delete(logger.Path);
            WriteVerbose($"Deleted the logger '{logger.Path}' and the files beside it.");
        }
    }
}

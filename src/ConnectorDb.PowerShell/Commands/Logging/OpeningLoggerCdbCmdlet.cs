using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>A cmdlet that opens or creates a logger.</summary>
public abstract class OpeningLoggerCdbCmdlet : LoggerSettingsCdbCmdlet
{
    private protected const string PathSet = "Path";

    public abstract string Path { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    [NonNull]
    public ScriptBlock? OnCreate { get; set => field = OfSet(value); }

    /// <exception cref="StoreException">The file is no logger.</exception>
    private protected void Check() => LoggerEngine.Check(FilePath(Path));

    /// <summary>Opens the logger, unless this session has it open, and applies its settings; cmdlets in the script of -OnCreate use it, too. After an error a logger that was opened is closed, and the file of a new one is deleted.</summary>
    /// <param name="finish">The rest of the work.</param>
    private protected CdbLogger Open(Action<CdbLogger>? finish = null)
    {
        string path = Demand(() => Engine.Locate(FilePath(Path)), Path);
        if (RunspaceSession.Current.LoggerOf(path) is { } open)
        {
            WriteVerbose($"The logger '{path}' is open in this session.");
            Configure(open.Logger);
            finish?.Invoke(open);
            return open;
        }

        bool isEmpty = LoggerFiles.IsEmpty(path);
        bool isNew = isEmpty || !File.Exists(path);
        string? folder = LoggerEngine.FolderToCreate(path);
        CdbLogger logger = Demand(() => LoggerEngine.Open(path, ScriptCaller(), WriteWarning), Path);
        RunspaceSession.Current.Add(logger);
        try
        {
            Configure(logger.Logger);
            if (isNew)
            {
                Prepare(logger);
            }

            finish?.Invoke(logger);
        }
        catch (Exception error)
        {
            logger.Dispose();
            if (isNew)
            {
                LoggerFiles.Undo(path, isEmpty);
            }

            if (error is CdbException refused)
            {
                ThrowTerminatingError(ErrorRecords.Of(refused, Path));
            }

            throw;
        }

        if (!isNew)
        {
            WriteVerbose($"Opened the logger '{path}': {CountText.Of(logger.Cached, "entry waits", "entries wait")}.");
        }
        else
        {
            string made = isEmpty ? $"Made a new logger in '{path}', which was an empty file." : $"Made {(folder is null ? "" : $"the folder '{folder}' and ")}a new logger in '{path}'.";
            ReportMade(made, isEmpty || folder is not null || (logger.IsRunning && logger.Destinations.Length == 0), "If you meant another file, check the path.");
        }

        return logger;
    }

    private void Prepare(CdbLogger logger)
    {
        foreach (PSObject? result in OnCreate?.InvokeWithContext(null, [new PSVariable("_", logger)], logger) ?? [])
        {
            if (result?.BaseObject is false)
            {
                throw new InvalidValueException($"The script of -OnCreate returned $false, so the logger '{Path}' was not created.", Path);
            }
        }
    }
}

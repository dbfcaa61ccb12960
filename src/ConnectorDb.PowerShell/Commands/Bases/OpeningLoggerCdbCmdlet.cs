using System.Management.Automation;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>A cmdlet that opens the file of a logger, and makes it when it is not there.</summary>
public abstract class OpeningLoggerCdbCmdlet : LoggerSettingsCdbCmdlet
{
    private protected const string PathSet = "Path";

    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNull]
    public ScriptBlock? OnCreate { get; set; }

    /// <summary>The logger, with its settings. A new one whose script fails leaves no file behind.</summary>
    private protected CdbLogger Open()
    {
        string path = FilePath(Path);
        bool isNew = !File.Exists(path);
        CdbLogger logger = Demand(() => LoggerEngine.Open(path, WriteWarning), Path);
        try
        {
            Configure(logger.Logger);
            if (isNew)
            {
                Prepare(logger);
            }
        }
        catch (Exception error)
        {
            logger.Dispose();
            if (isNew)
            {
                LoggerFiles.Delete(path);
            }

            if (error is CdbException refused)
            {
                ThrowTerminatingError(Errors.ErrorRecords.Of(refused, Path));
            }

            throw;
        }

        Session.Current.Add(logger);
        return logger;
    }

    private void Prepare(CdbLogger logger)
    {
        foreach (PSObject? said in OnCreate?.Invoke(logger) ?? [])
        {
            if (said?.BaseObject is false)
            {
                throw new InvalidValueException($"The script of -OnCreate said no, so the logger '{Path}' was not made.", Path);
            }
        }
    }
}

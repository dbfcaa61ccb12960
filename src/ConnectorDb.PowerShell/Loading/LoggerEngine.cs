using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Logging.Delivery;
using ConnectorDb.Core.Sinks;
using ConnectorDb.PowerShell.Scripts;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>Opens loggers and sinks.</summary>
internal static class LoggerEngine
{
    /// <param name="caller">The caller of the scripts that the file has as destinations.</param>
    /// <param name="warn">Receives the report of a recovery.</param>
    /// <exception cref="StoreException">The file cannot be opened.</exception>
    public static CdbLogger Open(string path, ScriptCaller caller, Action<string> warn)
    {
        Dictionary<string, BackgroundScript> scripts = [];
        SinkContext context = new() { Connect = SettingsClient.Open, Script = text => Script(scripts, text) };
        CdbLogger logger = new(DataLogger.Open(new DataLoggerOptions { Path = path, OpenSink = settings => SinkCatalog.Open(settings, context) }));
        try
        {
            foreach (string script in logger.Logger.Scripts)
            {
                scripts[script] = new BackgroundScript(ScriptBlock.Create(script), caller);
            }

            if (logger.Logger.Recovery is { } recovery)
            {
                warn(recovery.ToString());
            }

            return logger;
        }
        catch
        {
            logger.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="DataLogger.Check"/>
    public static void Check(string path) => DataLogger.Check(path);

    /// <exception cref="InvalidValueException">The path cannot be the path of a file.</exception>
    public static string CheckPath(string path)
        => PathCheck.FaultOf(path, "values") is { } fault ? throw new InvalidValueException(fault, path) : path;

    /// <inheritdoc cref="MissingFile.FolderToCreate"/>
    public static string? FolderToCreate(string path) => MissingFile.FolderToCreate(path);

    /// <inheritdoc cref="SinkCatalog.Complete"/>
    public static SinkSettings CompleteSink(SinkSettings settings, string folder) => SinkCatalog.Complete(settings, folder);

    /// <summary>Opens a sink without a logger.</summary>
    public static ISink OpenSink(SinkSettings settings) => SinkCatalog.Open(settings, new SinkContext { Connect = SettingsClient.Open, Script = _ => throw new SinkException("Only a logger runs the script of a destination.", null) });

    /// <summary>Adds the script itself to its settings.</summary>
    public static SinkSettings WithScript(ScriptSinkSettings settings, BackgroundScript script) => settings with { Open = () => new SinkScript(script) };

    /// <inheritdoc cref="SinkTest.RunAsync"/>
    public static Task<(string? Creation, SinkLogin? Login)> TestAsync(SinkSettings settings, CancellationToken cancellation)
        => SinkTest.RunAsync(settings.Location, () => OpenSink(settings), cancellation);

    /// <summary>The store that the first sync to the destination will create, and the outermost folder; null for none.</summary>
    public static (string Store, string? Folder)? StoreToCreate(SinkSettings settings)
    {
        if (settings is not ConnectorDbSettings { Url: null, ApiKey: null, UserName: null, As: null } store)
        {
            return null;
        }

        string file = Engine.Locate(store.Path);
        string? folder = MissingFile.FolderToCreate(file);
        return (File.Exists(file) && !LoggerFiles.IsEmpty(file)) || File.Exists(folder) ? null : (file, folder);
    }

    /// <summary>Connects to the database of the settings.</summary>
    public static ICdbClient Connect(ConnectorDbSettings settings, CancellationToken cancellation) => SettingsClient.Open(settings, cancellation);

    // What a script sees of its caller can only be read when the logger is opened, on the thread of the caller.
    private static SinkScript Script(Dictionary<string, BackgroundScript> scripts, string text)
        => scripts.TryGetValue(text, out BackgroundScript? script) ? new SinkScript(script)
            : throw new SinkException("Another process added this script while the logger was open here. Open the logger again with Start-CdbLogger.", null);
}

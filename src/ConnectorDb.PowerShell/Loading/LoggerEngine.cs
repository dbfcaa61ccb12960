using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>Opens loggers and sinks.</summary>
internal static class LoggerEngine
{
    /// <param name="warn">Receives the report of a recovery.</param>
    /// <exception cref="StoreException">The file cannot be opened.</exception>
    public static CdbLogger Open(string path, Action<string> warn)
    {
        CdbLogger logger = new(DataLogger.Open(new DataLoggerOptions { Path = path, OpenSink = OpenSink }));
        try
        {
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

    /// <exception cref="InvalidValueException">The path cannot be the path of a file.</exception>
    public static string CheckPath(string path)
        => PathCheck.FaultOf(path, "values") is { } fault ? throw new InvalidValueException(fault, path) : path;

    /// <inheritdoc cref="SinkCatalog.Complete"/>
    public static SinkSettings CompleteSink(SinkSettings settings, string folder) => SinkCatalog.Complete(settings, folder);

    public static ISink OpenSink(SinkSettings settings)
        => SinkCatalog.Open(settings, new SinkContext { Connect = Connect, Script = text => new SinkScriptExecution(text).RunAsync });

    /// <summary>Connects to the database of the settings.</summary>
    public static ICdbClient Connect(ConnectorDbSettings settings) => SettingsClient.Open(settings);
}

using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>The doorway to the logger and its sinks.</summary>
internal static class LoggerEngine
{
    private static readonly CdbPath s_owner = CdbPath.ForDevice("me", "user");

    /// <param name="warn">Is told what was saved and what is lost when the file was damaged.</param>
    /// <exception cref="StoreException">The file cannot be opened.</exception>
    public static CdbLogger Open(string path, Action<string> warn)
    {
        CdbLogger logger = new(DataLogger.Open(new DataLoggerOptions { Path = path, OpenSink = OpenSink }));
        try
        {
            if (logger.Logger.Rescue is { } rescue)
            {
                warn(rescue.ToString());
            }

            return logger;
        }
        catch
        {
            logger.Dispose();
            throw;
        }
    }

    public static ISink OpenSink(SinkSettings settings)
        => SinkCatalog.Open(settings, new SinkContext { Connect = Connect, Script = text => new SinkScriptRun(text).RunAsync });

    /// <summary>Logs in to the database of the settings.</summary>
    public static ICdbClient Connect(ConnectorDbSettings settings)
        => settings.Url is { } url ? ConnectRemote(url, settings) : EmbeddedClient.Open(new EmbeddedOptions
        {
            Path = settings.Path,
            As = settings.As is { } device ? CdbPath.Resolve(device, CdbPathKind.Device, s_owner) : null,
            ApiKey = settings.ApiKey?.Reveal(),
            UserName = settings.UserName,
            Password = settings.Password?.Reveal(),
            KeyFolder = settings.KeyFolder,
        });

    private static ICdbClient ConnectRemote(string url, ConnectorDbSettings settings)
        => Uri.TryCreate(url, UriKind.Absolute, out Uri? address)
            ? RemoteClient.OpenAsync(
                new RemoteOptions { Url = address, ApiKey = settings.ApiKey?.Reveal(), UserName = settings.UserName, Password = settings.Password?.Reveal() },
                CancellationToken.None).GetAwaiter().GetResult()
            : throw new InvalidValueException($"'{url}' is not the address of a server. Give one such as 'https://example.org'.", url);
}

using ConnectorDb.Core.Client;
using ConnectorDb.Core.Engine;

namespace ConnectorDb.Server.Hosting;

/// <summary>The store that the settings name.</summary>
internal static class StoreOfServer
{
    /// <summary>Opens it, and makes it when it is not there.</summary>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static CdbEngine Open(ServerOptions options, TimeProvider time)
        => EmbeddedClient.OpenEngine(new EmbeddedOptions { Path = options.Store, KeyFolder = options.KeyFolder, Time = time, LogsChanges = true });
}

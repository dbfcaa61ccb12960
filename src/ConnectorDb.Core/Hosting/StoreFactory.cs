using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Storage.Sqlite;

namespace ConnectorDb.Core.Hosting;

/// <summary>Selects the kind of store by its location, and opens the engine over it.</summary>
public static class StoreFactory
{
    /// <param name="location">The path of a SQLite file, which is created if missing.</param>
    /// <param name="keyFolder">The folder of the secrets that encrypt API keys, one file per store.</param>
    /// <param name="time">The clock of store and engine.</param>
    /// <param name="settings">Null for the defaults.</param>
    /// <exception cref="StoreException">The store cannot be opened; the message contains the reason.</exception>
    public static CdbEngine OpenEngine(string location, string keyFolder, TimeProvider time, EngineSettings? settings = null)
        => new(SqliteStore.Open(new SqliteStoreOptions { Path = location, Time = time }), keyFolder, time, settings);
}

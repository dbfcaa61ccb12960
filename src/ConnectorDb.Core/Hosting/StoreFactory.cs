using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Postgres;
using ConnectorDb.Core.Storage.Sqlite;

namespace ConnectorDb.Core.Hosting;

/// <summary>Selects the kind of store by its location, and opens the engine over it.</summary>
public static partial class StoreFactory
{
    /// <summary>True for the address of a database: <c>postgres://user@host:port/database</c>, or a connection string with a host. Everything else is the path of a file.</summary>
    /// <remarks>An address with one slash is refused as an address, so that no file of this name is made.</remarks>
    public static bool IsDatabase(string? location) => location is not null && Address().IsMatch(location);

    /// <summary>Checks that a file can be opened as a store, without changing it. A database is not asked.</summary>
    /// <exception cref="StoreException">It is no store.</exception>
    public static void Check(string location)
    {
        if (!IsDatabase(location))
        {
            TransferMark.DemandWhole(location);
            SqliteSchema.Format.Check(location);
        }
    }

    /// <param name="location">The path of a SQLite file, which is created if missing, or the address of a PostgreSQL database.</param>
    /// <param name="keyFolder">The folder of the secrets that encrypt API keys, one file per store.</param>
    /// <param name="time">The clock of store and engine.</param>
    /// <param name="settings">Null for the defaults.</param>
    /// <param name="mustExist">A database without a store is refused.</param>
    /// <exception cref="StoreException">The store cannot be opened; the message contains the reason.</exception>
    /// <exception cref="NotFoundException">There is no store, and there must be.</exception>
    public static CdbEngine OpenEngine(string location, string keyFolder, TimeProvider time, EngineSettings? settings = null, bool mustExist = false)
        => new(OpenStore(location, time, mustExist), keyFolder, time, settings);

    /// <inheritdoc cref="OpenEngine"/>
    /// <param name="takesPart">A part of a copy is opened, too.</param>
    internal static IStore OpenStore(string location, TimeProvider time, bool mustExist = false, bool takesPart = false)
    {
        if (!IsDatabase(location))
        {
            if (!takesPart)
            {
                TransferMark.DemandWhole(location);
            }

            return SqliteStore.Open(new SqliteStoreOptions { Path = location, Time = time });
        }

        OpenDatabase(location, mustExist, takesPart, out IStore store);
        return store;
    }

    /// <summary>The number of reads that a database answers at once. The other connections of its pool are for writers, notices and the lease of a poller.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int CountReaders(string location) => PostgresStore.CountReaders(location);

    /// <remarks>A method of its own that has no type of the driver in its signature, so that the driver is loaded only for a database.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OpenDatabase(string location, bool mustExist, bool takesPart, out IStore store)
        => store = PostgresStore.Open(new PostgresStoreOptions { Address = location, MustExist = mustExist, TakesPart = takesPart });

    [GeneratedRegex(@"^postgres(ql)?:/|(^|;)\s*(Host|Server)\s*=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}

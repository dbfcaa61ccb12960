using System.Net.Sockets;
using Npgsql;
using TlsException = System.Security.Authentication.AuthenticationException;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>Maps errors of PostgreSQL and of its driver to <see cref="StoreException"/>.</summary>
internal static class PostgresFaults
{
    public static StoreException Describe(Exception error, string location) => error switch
    {
        StoreException known => known,
        NpgsqlException { InnerException: AggregateException all } when all.InnerExceptions.OfType<StoreException>().FirstOrDefault() is { } known => known,
        NpgsqlException when error.Message.StartsWith("No password", StringComparison.Ordinal) => Login(location, error.Message.TrimEnd('.'), error),
        PostgresException refused => Describe(refused, location),
        NpgsqlException { InnerException: TimeoutException } when error.Message.Contains("pool has been exhausted", StringComparison.Ordinal)
            => new(StoreFault.Locked, $"All connections of this program to the database '{location}' are in use, and none became free in time. Nothing of this call was written. Try again later, or raise 'Maximum Pool Size' of the connection string.", location, error),
        NpgsqlException { InnerException: TimeoutException } => new(StoreFault.Locked, $"The database '{location}' did not answer in time. Check its load, or try again later.", location, error),
        NpgsqlException { InnerException: TlsException } => Certificate(location, error),
        NpgsqlException when error.Message.Contains("SSL", StringComparison.Ordinal) => Tls(location, error.Message, error),
        NpgsqlException or SocketException or IOException => Unreachable(location, error),
        ObjectDisposedException => Closed(location),
        _ => Unreachable(location, error),
    };

    public static StoreException NotAStore(string location)
        => new(StoreFault.NotAStore, $"The database '{location}' has the tables of another program. Create an own one for ConnectorDb: createdb -O <user> connectordb.", location);

    public static StoreException OtherEncoding(string location, string encoding)
        => new(StoreFault.Failed, $"The database '{location}' has the encoding {encoding}, which cannot store all names. Create one with UTF8: createdb -O <user> --encoding UTF8 --template template0 connectordb.", location);

    public static StoreException Newer(string location, int format, int known)
        => new(StoreFault.NewerVersion, $"The database '{location}' was written by a newer version of ConnectorDb (format {format}; this version knows {known}). Update the module: Update-PSResource ConnectorDb.", location);

    public static StoreException Part(string location, int format)
        => new(StoreFault.NotAStore, $"The database '{location}' has a part of a copy, because Copy-CdbStore was stopped. To complete it, run the same Copy-CdbStore again. If its source is gone, this in psql lets the part be used: UPDATE connectordb.store SET format = {format};", location);

    public static StoreException OldServer(string location, Version version)
        => new(StoreFault.Unreachable, $"The database '{location}' is PostgreSQL {version.Major}.{version.Minor}, and ConnectorDb needs {PostgresSchema.OldestServer} or later. Update PostgreSQL.", location);

    public static StoreException Standby(string location)
        => new(StoreFault.ReadOnly, $"The server of '{location}' is a standby, which can be read only. Connect to the primary, or name all servers, separated by commas: host1,host2.", location);

    public static StoreException OldPrimary(string location, string host, int timeline, int newest)
        => new(StoreFault.Unreachable, $"The server {host} of '{location}' is an old primary: another one was promoted (timeline {newest}; this one has {timeline}). Nothing was written to it. Stop it, and make it a standby of the new primary, for example with pg_rewind.", location);

    public static StoreException Damaged(string location, string problem, Exception? cause = null)
        => new(StoreFault.Damaged, $"The database '{location}' is damaged ({problem}). Restore it from a backup.", location, cause);

    public static StoreException Closed(string location)
        => new(StoreFault.Closed, $"The connection to '{location}' was closed. Connect again.", location);

    public static StoreException Contended(string location)
        => new(StoreFault.Locked, $"Other servers changed the same streams of '{location}' again and again. Nothing of this call was written. Try again.", location);

    public static StoreException Unknown(string location, Exception cause)
        => new(StoreFault.Unreachable, $"The connection to '{location}' broke while the call was being stored ({cause.Message}). It may have been stored or not: repeat it with the same insert id, or compare the count of the stream.", location, cause);

    public static StoreException NotReplicated(string location, string warning)
        => new(StoreFault.Unreachable, $"The database '{location}' stored the call, but its standby did not confirm it ({warning}). It can be lost if the database fails now. Check the standby, and repeat the call with the same insert id.", location);

    /// <summary>True for errors after which the same work can succeed: another transaction came first.</summary>
    public static bool IsConflict(PostgresException error) => error.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
        or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation;

    /// <summary>True when a node of a cluster lost another one.</summary>
    public static bool IsOfNode(PostgresException error) => error.SqlState.StartsWith("08", StringComparison.Ordinal)
        || error.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow;

    public static StoreException NoCoordinator(string location)
        => new(StoreFault.Unreachable, $"The node '{location}' does not know the coordinator of its cluster. On the coordinator, run: SELECT citus_set_coordinator_host('<its name>', 5432).", location);

    private static StoreException Describe(PostgresException error, string location) => error.SqlState switch
    {
        PostgresErrorCodes.InvalidAuthorizationSpecification when error.MessageText.Contains("pg_hba.conf", StringComparison.Ordinal) => NotAdmitted(location, error.MessageText, error),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => Login(location, error.MessageText, error),
        PostgresErrorCodes.InvalidCatalogName
            => new(StoreFault.Unreachable, $"The server has no database of this name: '{location}'. Create it: createdb -O <user> connectordb.", location, error),
        PostgresErrorCodes.InsufficientPrivilege
            => new(StoreFault.ReadOnly, $"The user of '{location}' has not the rights for this ({error.MessageText}). An owner of the database creates and upgrades the tables: connect as the owner once. Later connections need USAGE on the schema connectordb, and SELECT, INSERT, UPDATE and DELETE on its tables.", location, error),
        PostgresErrorCodes.ReadOnlySqlTransaction
            => new(StoreFault.ReadOnly, $"The database '{location}' can be read only ({error.MessageText}). Nothing of this call was written. If its server is a standby, connect to the primary; otherwise set default_transaction_read_only to off.", location, error),
        PostgresErrorCodes.DiskFull
            => new(StoreFault.DiskFull, $"The disk of the database '{location}' is full. Nothing of this call was written; earlier data is safe. Free space and try again.", location, error),
        _ when error.Severity == "ERROR" && IsOfNode(error)
            => new(StoreFault.Unreachable, $"A node of the cluster '{location}' cannot be reached ({error.MessageText}). Nothing of this call was written. Streams on other nodes go on. Start that node again, or promote its standby and tell the coordinator: SELECT citus_update_node(<nodeid>, '<host>', <port>).", location, error),
        PostgresErrorCodes.TooManyConnections
            => new(StoreFault.Locked, $"The database '{location}' has no free connection ({error.MessageText}). Raise max_connections, or lower 'Maximum Pool Size' of the connection string.", location, error),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName
            => Damaged(location, $"its tables are not those of its format: {error.MessageText}", error),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => Damaged(location, error.MessageText, error),
        PostgresErrorCodes.LockNotAvailable
            => new(StoreFault.Locked, $"Another program keeps rows of this call locked in the database '{location}' ({error.MessageText}). Nothing of this call was written. Find the open transaction: SELECT pid, usename, application_name, xact_start FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'. End it there or with pg_terminate_backend(pid), and try again.", location, error),
        PostgresErrorCodes.QueryCanceled
            => new(StoreFault.Locked, $"The database '{location}' ended a statement ({error.MessageText}). Nothing of this call was written. Try again later.", location, error),
        PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.CharacterNotInRepertoire
            => new(StoreFault.Failed, $"The database '{location}' cannot store a text of this call ({error.MessageText}). Nothing was written. Remove the character with the code 0 from names and descriptions.", location, error),
        _ => new(StoreFault.Unreachable, $"The database '{location}' failed: {error.MessageText} ({error.SqlState}). See the log of the database.", location, error),
    };

    private static StoreException Login(string location, string problem, Exception cause)
        => new(StoreFault.Unreachable, $"The database '{location}' refuses the login ({problem}). Give the right user, and its password in the environment variable PGPASSWORD or in a file that PGPASSFILE names.", location, cause);

    private static StoreException Unreachable(string location, Exception cause)
        => new(StoreFault.Unreachable, $"The database '{location}' cannot be reached: {cause.Message.TrimEnd('.')}. Check its address, and that it is running.", location, cause);

    private static StoreException Tls(string location, string problem, Exception cause)
        => new(StoreFault.Unreachable, $"The connection to '{location}' cannot be encrypted as required: {problem.TrimEnd('.')}. Enable TLS on the server (ssl = on), or give another 'SSL Mode'.", location, cause);

    private static StoreException Certificate(string location, Exception cause)
        => new(StoreFault.Unreachable, $"The certificate of the server of '{location}' is not accepted: it is for another host, or this machine does not know the authority that signed it. Name the host as its certificate does, or give the certificate of the authority: 'Root Certificate=<file>'.", location, cause);

    private static StoreException NotAdmitted(string location, string problem, Exception cause)
        => new(StoreFault.Unreachable, $"The server of '{location}' does not admit this login ({problem}). Add a line with this user, database and address to its pg_hba.conf; if there is one for encrypted connections only, give 'SSL Mode=Require'.", location, cause);
}

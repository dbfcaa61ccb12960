using ConnectorDb.Core.Storage.Tables;
using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>The tables of a store in a database, and their version. See docs/design/100-postgresql.md.</summary>
internal static class PostgresSchema
{
    /// <summary>The schema with the tables.</summary>
    public const string Name = "connectordb";

    /// <summary>The version of tables in one database.</summary>
    public const int Version = 1;

    /// <summary>The version of distributed tables, which programs that cannot write them refuse as that of a newer version.</summary>
    public const int DistributedVersion = 2;

    /// <summary>The oldest version of PostgreSQL that is supported.</summary>
    public const int OldestServer = 15;

    /// <summary>Held while the tables are created or upgraded: "CDBs".</summary>
    private const long MigrationLock = 0x43444273;

    // Older programs refuse it as that of a newer version.
    /// <summary>Added to the version while the store is a part of a copy.</summary>
    private const int PartMark = 1_000_000;

    /// <summary>Creates or upgrades the tables, in one transaction that other programs wait for.</summary>
    /// <param name="takesPart">False if a part of a copy is an error.</param>
    /// <param name="mustExist">True if missing tables are an error and are not created.</param>
    /// <returns>True when there were none.</returns>
    /// <exception cref="NotFoundException">There are no tables, and none may be created.</exception>
    /// <exception cref="StoreException">The tables are those of another program, or of a newer version.</exception>
    public static bool Prepare(PostgresSession session, string location, bool mustExist, bool takesPart)
    {
        int? version = VersionOf(session, location, takesPart);
        if (version is not null && !Additions(session).Any())
        {
            return false;
        }

        if (version is null && mustExist)
        {
            throw new NotFoundException($"The database '{location}' has no store yet. Check the address. Connect-Cdb without a login and without -MustExist makes a store there.", location);
        }

        using NpgsqlTransaction transaction = session.Connection.BeginTransaction();
        session.Run("SELECT pg_advisory_xact_lock($1)", MigrationLock);
        bool isNew = VersionOf(session, location, takesPart) is null;
        if (isNew)
        {
            Make(session, location);
        }

        foreach (string addition in Additions(session))
        {
            session.Run(addition);
        }

        transaction.Commit();
        return isNew;
    }

    /// <summary>Marks the store as a part of a copy, or as a whole.</summary>
    public static void MarkPart(PostgresSession session, bool isPart) => session.Run("UPDATE connectordb.store SET format = format % $1 + $2", PartMark, isPart ? PartMark : 0);

    public static Guid ReadId(PostgresSession session) => session.Value<Guid>("SELECT id FROM store");

    /// <summary>The version of the tables; null when there are none.</summary>
    private static int? VersionOf(PostgresSession session, string location, bool takesPart)
    {
        if (!session.Value<bool>("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)", Name))
        {
            return null;
        }

        // Another program may have a schema of this name, so ours is recognized by its columns.
        if (session.Value<long>("SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass($1) AND attname IN ('id', 'format', 'tree_version', 'login_version')", $"{Name}.store") < 4)
        {
            return session.Value<bool>("SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = $1::text::regnamespace)", Name) ? throw PostgresFaults.NotAStore(location) : null;
        }

        int format = session.Value<int>("SELECT format FROM connectordb.store");
        if (format > PartMark)
        {
            format = takesPart ? format - PartMark : throw PostgresFaults.Part(location, format - PartMark);
        }

        return format > DistributedVersion ? throw PostgresFaults.Newer(location, format, DistributedVersion) : format;
    }

    /// <summary>The statements that add the columns of newer properties, which older programs ignore.</summary>
    private static IEnumerable<string> Additions(PostgresSession session)
        => StreamColumns.Additions(session.All("SELECT attname FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0", row => row.Text(0), $"{Name}.streams").ToHashSet(), PostgresTable.FlagType);

    private static void Make(PostgresSession session, string location)
    {
        if (session.Value<bool>("""
            SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname NOT IN ('information_schema', $1)
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'))
            """, Name))
        {
            throw PostgresFaults.NotAStore(location);
        }

        if (session.Value<string>("SHOW server_encoding") is var encoding && encoding != "UTF8")
        {
            throw PostgresFaults.OtherEncoding(location, encoding);
        }

        session.Run($"CREATE SCHEMA IF NOT EXISTS {Name}");
        bool isDistributed = CitusCluster.HasWorkers(session);
        if (isDistributed)
        {
            CitusCluster.BeginDistribution(session);
        }

        foreach (PostgresTable table in PostgresTable.All)
        {
            session.Run(table.Definition);
            if (isDistributed)
            {
                CitusCluster.Distribute(session, table);
            }
        }

        if (isDistributed)
        {
            CitusAppend.Create(session);
        }

        session.Run("INSERT INTO store (id, format, tree_version, login_version) VALUES ($1, $2, 0, 0)", Guid.NewGuid(), isDistributed ? DistributedVersion : Version);
    }
}

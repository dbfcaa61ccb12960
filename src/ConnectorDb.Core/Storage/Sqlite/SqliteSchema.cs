using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Tables;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>The tables of a store and its file format. See docs/design/010-store.md.</summary>
internal static class SqliteSchema
{
    private const long Version = 7;

    private const string Tables = """
        CREATE TABLE store (id BLOB NOT NULL, tree_version INTEGER NOT NULL, login_version INTEGER NOT NULL DEFAULT 0) STRICT;

        CREATE TABLE users (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL COLLATE NOCASE UNIQUE,
            nickname TEXT NOT NULL,
            email TEXT NOT NULL,
            email_key TEXT UNIQUE,
            description TEXT NOT NULL,
            icon TEXT NOT NULL,
            role TEXT NOT NULL,
            public INTEGER NOT NULL,
            password_hash TEXT
        ) STRICT;

        CREATE TABLE devices (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            name TEXT NOT NULL,
            nickname TEXT NOT NULL,
            description TEXT NOT NULL,
            icon TEXT NOT NULL,
            role TEXT NOT NULL,
            enabled INTEGER NOT NULL,
            public INTEGER NOT NULL,
            visible INTEGER NOT NULL,
            user_editable INTEGER NOT NULL,
            key_hash BLOB UNIQUE,
            sealed_key BLOB,
            UNIQUE (user_id, name)
        ) STRICT;

        CREATE TABLE receipts (
            device_id INTEGER NOT NULL REFERENCES devices ON DELETE CASCADE,
            id TEXT NOT NULL,
            t REAL NOT NULL,
            count INTEGER NOT NULL,
            target TEXT NOT NULL,
            content TEXT,
            PRIMARY KEY (device_id, id)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX receipts_by_time ON receipts (t);

        """;

    private const string FlagType = "INTEGER";

    private static readonly string s_streams = $"""
        CREATE TABLE streams (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            device_id INTEGER NOT NULL REFERENCES devices ON DELETE CASCADE,
            name TEXT NOT NULL,
            downlink_number INTEGER NOT NULL,
            {StreamColumns.Definitions(FlagType)},
            UNIQUE (device_id, name)
        ) STRICT
        """;

    private const string Sessions = """
        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            device_id INTEGER NOT NULL REFERENCES devices ON DELETE CASCADE,
            token_hash BLOB NOT NULL UNIQUE,
            created REAL NOT NULL,
            used REAL NOT NULL,
            expires REAL NOT NULL,
            address TEXT NOT NULL,
            agent TEXT NOT NULL
        ) STRICT;

        CREATE INDEX sessions_by_device ON sessions (device_id);
        """;

    private const string Labels = """
        CREATE TABLE labels (
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            stream INTEGER NOT NULL REFERENCES streams ON DELETE CASCADE,
            PRIMARY KEY (key, value, stream)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX labels_by_stream ON labels (stream);
        """;

    private const string SegmentColumns = """
            stream INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            start INTEGER NOT NULL,
            count INTEGER NOT NULL,
            first_t REAL NOT NULL,
            last_t REAL NOT NULL,
            number_count INTEGER NOT NULL,
            number_sum REAL,
            number_rest REAL,
            number_min REAL,
            number_max REAL,
            running_sum REAL,
            tail_start INTEGER NOT NULL,
            tail_weight INTEGER NOT NULL,
            members BLOB,
            checksum INTEGER NOT NULL,
            time_codec TEXT NOT NULL,
            value_codec TEXT NOT NULL,
            times BLOB NOT NULL,
            origins BLOB,
            content BLOB NOT NULL
        """;

    private const string SegmentKey = "PRIMARY KEY (stream, sequence, start)";

    /// <summary>Application id "CDBs".</summary>
    public static SqliteFormat Format { get; } = new(0x43444273, Version, Make)
    {
        Upgrades = [AddSums, AddArrivals, AddMembers, AddSessions, AddContent, AddLabels],
        Additions = session => StreamColumns.Additions(ColumnsOf(session, "streams"), FlagType),
    };

    /// <summary>True when segments have exact and running sums; files that are too old and read-only have none.</summary>
    public static bool HasSums(SqliteSession session) => SqliteFormat.VersionOf(session) > 1;

    /// <summary>True when the file has the write buffer; files that are too old and read-only have none.</summary>
    public static bool HasArrivals(SqliteSession session) => SqliteFormat.VersionOf(session) > 2;

    /// <summary>True when segments have statistics of members; files that are too old and read-only have none.</summary>
    public static bool HasMembers(SqliteSession session) => SqliteFormat.VersionOf(session) > 3;

    /// <summary>True when the file has sessions; files that are too old and read-only have none.</summary>
    public static bool HasSessions(SqliteSession session) => SqliteFormat.VersionOf(session) > 4;

    /// <summary>True when streams have labels; those of files that are too old and read-only have none.</summary>
    public static bool HasLabels(SqliteSession session) => SqliteFormat.VersionOf(session) > 6;

    public static IReadOnlySet<string> ColumnsOf(SqliteSession session, string table) => session[$"SELECT name FROM pragma_table_info('{table}')"].All(row => row.Text(0)).ToHashSet();

    /// <exception cref="StoreException">The row of the store is missing or damaged.</exception>
    public static Guid ReadId(SqliteSession session, string path)
    {
        using Row row = session["SELECT id FROM store"].Query();
        return row.Read() && row.Bytes(0) is { Length: 16 } id ? new Guid(id) : throw SqliteFaults.Damaged(path, "it has lost its id");
    }

    /// <summary>Upgrades to version 2. Existing segments stay without sums, which are computed on demand.</summary>
    private static void AddSums(SqliteSession session)
    {
        foreach (string table in (string[])["segments", "tail"])
        {
            session.Execute($"ALTER TABLE {table} ADD COLUMN number_rest REAL");
            session.Execute($"ALTER TABLE {table} ADD COLUMN running_sum REAL");
        }
    }

    /// <summary>Upgrades to version 3, which adds the write buffer.</summary>
    private static void AddArrivals(SqliteSession session)
        => session.Execute($"CREATE TABLE arrivals (id INTEGER PRIMARY KEY, {SegmentColumns}) STRICT");

    /// <summary>Upgrades to version 4. The write buffer already has the column when an upgrade to version 3 has just created it.</summary>
    private static void AddMembers(SqliteSession session)
    {
        foreach (string table in (string[])["segments", "tail", "arrivals"])
        {
            if (!ColumnsOf(session, table).Contains("members"))
            {
                session.Execute($"ALTER TABLE {table} ADD COLUMN members BLOB");
            }
        }
    }

    /// <summary>Upgrades to version 5, which adds the sessions of browsers.</summary>
    private static void AddSessions(SqliteSession session)
    {
        session.Execute("ALTER TABLE store ADD COLUMN login_version INTEGER NOT NULL DEFAULT 0");
        session.Execute(Sessions);
    }

    /// <summary>Upgrades to version 6, which adds the hash of the content to receipts.</summary>
    private static void AddContent(SqliteSession session) => session.Execute("ALTER TABLE receipts ADD COLUMN content TEXT");

    /// <summary>Upgrades to version 7, which adds the index of labels.</summary>
    private static void AddLabels(SqliteSession session) => session.Execute(Labels);

    private static void Make(SqliteSession session)
    {
        session.Execute(Tables);
        session.Execute(s_streams);
        session.Execute(Sessions);
        session.Execute(Labels);
        session.Execute($"CREATE TABLE segments ({SegmentColumns}, {SegmentKey}) STRICT");
        session.Execute($"CREATE TABLE tail ({SegmentColumns}, {SegmentKey}) STRICT");
        AddArrivals(session);
        session["INSERT INTO store (id, tree_version) VALUES (?1, 0)"].Run(Guid.NewGuid().ToByteArray());
    }
}

using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>The tables of a store and its file format. See docs/design/010-store.md.</summary>
internal static class SqliteSchema
{
    private const long Version = 4;

    private const string Tables = """
        CREATE TABLE store (id BLOB NOT NULL, tree_version INTEGER NOT NULL) STRICT;

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

        CREATE TABLE streams (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            device_id INTEGER NOT NULL REFERENCES devices ON DELETE CASCADE,
            name TEXT NOT NULL,
            nickname TEXT NOT NULL,
            description TEXT NOT NULL,
            icon TEXT NOT NULL,
            schema TEXT NOT NULL,
            datatype TEXT NOT NULL,
            ephemeral INTEGER NOT NULL,
            downlink INTEGER NOT NULL,
            downlink_number INTEGER NOT NULL,
            UNIQUE (device_id, name)
        ) STRICT;

        CREATE TABLE receipts (
            device_id INTEGER NOT NULL REFERENCES devices ON DELETE CASCADE,
            id TEXT NOT NULL,
            t REAL NOT NULL,
            count INTEGER NOT NULL,
            target TEXT NOT NULL,
            PRIMARY KEY (device_id, id)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX receipts_by_time ON receipts (t);

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
    public static SqliteFormat Format { get; } = new(0x43444273, Version, Make) { Upgrades = [AddSums, AddArrivals, AddMembers] };

    /// <summary>True when segments have exact and running sums; files that are too old and read-only have none.</summary>
    public static bool HasSums(SqliteSession session) => SqliteFormat.VersionOf(session) > 1;

    /// <summary>True when the file has the write buffer; files that are too old and read-only have none.</summary>
    public static bool HasArrivals(SqliteSession session) => SqliteFormat.VersionOf(session) > 2;

    /// <summary>True when segments have statistics of members; files that are too old and read-only have none.</summary>
    public static bool HasMembers(SqliteSession session) => SqliteFormat.VersionOf(session) > 3;

    public static Guid ReadId(SqliteSession session)
    {
        using Row row = session["SELECT id FROM store"].Query();
        row.Read();
        return new Guid(row.Bytes(0));
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
            using Row row = session[$"SELECT count(*) FROM pragma_table_info('{table}') WHERE name = 'members'"].Query();
            row.Read();
            if (row.Integer(0) == 0)
            {
                session.Execute($"ALTER TABLE {table} ADD COLUMN members BLOB");
            }
        }
    }

    private static void Make(SqliteSession session)
    {
        session.Execute(Tables);
        session.Execute($"CREATE TABLE segments ({SegmentColumns}, {SegmentKey}) STRICT");
        session.Execute($"CREATE TABLE tail ({SegmentColumns}, {SegmentKey}) STRICT, WITHOUT ROWID");
        AddArrivals(session);
        session["INSERT INTO store (id, tree_version) VALUES (?1, 0)"].Run(Guid.NewGuid().ToByteArray());
    }
}

using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>The tables of a store, and the marks by which a file is known as one. See docs/design/010-store.md.</summary>
internal static class SqliteSchema
{
    /// <summary>"CDBs" in the header of the file: https://www.sqlite.org/fileformat.html#application_id</summary>
    private const long ApplicationId = 0x43444273;

    private const long Version = 1;

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
            number_min REAL,
            number_max REAL,
            tail_start INTEGER NOT NULL,
            tail_weight INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            time_codec TEXT NOT NULL,
            value_codec TEXT NOT NULL,
            times BLOB NOT NULL,
            origins BLOB,
            content BLOB NOT NULL,
            PRIMARY KEY (stream, sequence, start)
        """;

    /// <summary>Whether the file is a store already; false when it is empty.</summary>
    /// <exception cref="StoreException">It is something else, or of a newer version.</exception>
    public static bool IsThere(SqliteSession session, string path)
    {
        long application = Number(session, "PRAGMA application_id");
        long version = Number(session, "PRAGMA user_version");
        if (application == ApplicationId && version > Version)
        {
            throw new StoreException(
                StoreFault.NewerVersion,
                $"'{path}' was written by a newer version of ConnectorDb (format {version}; this version knows {Version}). Update the module: Update-PSResource ConnectorDb.",
                path);
        }

        if (application == ApplicationId)
        {
            return true;
        }

        bool isEmpty = application == 0 && version == 0 && Number(session, "SELECT count(*) FROM sqlite_schema") == 0;
        return isEmpty ? false : throw SqliteFaults.NotAStore(path);
    }

    /// <summary>Makes the tables in an empty file, within the transaction that is open.</summary>
    public static void Make(SqliteSession session)
    {
        session.Execute(Tables);
        session.Execute($"CREATE TABLE segments ({SegmentColumns}) STRICT");
        session.Execute($"CREATE TABLE tail ({SegmentColumns}) STRICT, WITHOUT ROWID");
        session["INSERT INTO store (id, tree_version) VALUES (?1, 0)"].Run(Guid.NewGuid().ToByteArray());
        session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}"));
    }

    public static Guid ReadId(SqliteSession session)
    {
        using SqliteDataReader row = session["SELECT id FROM store"].Query();
        row.Read();
        return new Guid(row.GetFieldValue<byte[]>(0));
    }

    private static long Number(SqliteSession session, string sql)
    {
        using Statement statement = new(session.Connection, sql);
        using SqliteDataReader row = statement.Query();
        return row.Read() ? row.GetInt64(0) : 0;
    }
}

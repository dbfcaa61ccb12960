using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>The tables of a logger's file. See docs/design/060-outbox.md.</summary>
internal static class OutboxFormat
{
    private const string Tables = """
        CREATE TABLE logger (id BLOB NOT NULL, settings TEXT NOT NULL, dropped INTEGER NOT NULL, damaged INTEGER NOT NULL) STRICT;

        CREATE TABLE channels (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            definition TEXT NOT NULL,
            base INTEGER NOT NULL,
            newest REAL
        ) STRICT;

        CREATE TABLE destinations (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL COLLATE NOCASE UNIQUE,
            kind TEXT NOT NULL,
            settings TEXT NOT NULL,
            location TEXT NOT NULL,
            sent INTEGER NOT NULL,
            dropped INTEGER NOT NULL,
            failures INTEGER NOT NULL,
            next_try REAL,
            last_success REAL,
            last_error TEXT,
            last_error_time REAL,
            rate REAL,
            leaving REAL
        ) STRICT;

        CREATE TABLE positions (
            destination INTEGER NOT NULL REFERENCES destinations ON DELETE CASCADE,
            channel INTEGER NOT NULL REFERENCES channels ON DELETE CASCADE,
            position INTEGER NOT NULL,
            flight INTEGER,
            mark TEXT,
            stop INTEGER,
            PRIMARY KEY (destination, channel)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE entries (
            channel INTEGER NOT NULL,
            start INTEGER NOT NULL,
            count INTEGER NOT NULL,
            written REAL NOT NULL,
            destination INTEGER,
            restamp INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            content BLOB NOT NULL,
            newest REAL,
            PRIMARY KEY (channel, start)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE aside (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            destination INTEGER NOT NULL REFERENCES destinations ON DELETE CASCADE,
            channel INTEGER NOT NULL REFERENCES channels ON DELETE CASCADE,
            t REAL NOT NULL,
            value TEXT NOT NULL,
            reason TEXT NOT NULL,
            time REAL NOT NULL
        ) STRICT;
        """;

    // Version 2 knows the newest time of a channel and destinations that leave.
    private const string TimesAndLeaving = """
        ALTER TABLE channels ADD COLUMN newest REAL;
        ALTER TABLE destinations ADD COLUMN leaving REAL;
        ALTER TABLE positions ADD COLUMN stop INTEGER;
        ALTER TABLE entries ADD COLUMN newest REAL;
        """;

    // Version 3 knows the bytes of its entries. They are null, and cost a write nothing, until a size limit is set.
    private static readonly string s_bytes = $"""
        ALTER TABLE logger ADD COLUMN waiting_bytes INTEGER;
        ALTER TABLE logger ADD COLUMN aside_bytes INTEGER;
        CREATE TRIGGER entries_added AFTER INSERT ON entries BEGIN
            UPDATE logger SET waiting_bytes = waiting_bytes + {OutboxState.BlockBytes("new")} WHERE waiting_bytes IS NOT NULL; END;
        CREATE TRIGGER entries_deleted AFTER DELETE ON entries BEGIN
            UPDATE logger SET waiting_bytes = waiting_bytes - {OutboxState.BlockBytes("old")} WHERE waiting_bytes IS NOT NULL; END;
        CREATE TRIGGER aside_added AFTER INSERT ON aside BEGIN
            UPDATE logger SET aside_bytes = aside_bytes + {OutboxState.DeadLetterBytes("new")} WHERE aside_bytes IS NOT NULL; END;
        CREATE TRIGGER aside_deleted AFTER DELETE ON aside BEGIN
            UPDATE logger SET aside_bytes = aside_bytes - {OutboxState.DeadLetterBytes("old")} WHERE aside_bytes IS NOT NULL; END;
        """;

    /// <summary>Application id "CDBl".</summary>
    public static SqliteFormat Format { get; } = new(0x4344426C, 3, Make)
    {
        Upgrades = [session => session.Execute(TimesAndLeaving), session => session.Execute(s_bytes)],
    };

    private static void Make(SqliteSession session)
    {
        session.Execute(Tables);
        session.Execute(s_bytes);
        session["INSERT INTO logger (id, settings, dropped, damaged) VALUES (?1, '{}', 0, 0)"].Run(Guid.NewGuid().ToByteArray());
    }
}

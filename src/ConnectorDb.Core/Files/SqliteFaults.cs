using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Files;

/// <summary>Maps SQLite errors to <see cref="StoreException"/>.</summary>
internal static class SqliteFaults
{
    public static StoreException Describe(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Locked(path, error),
        raw.SQLITE_FULL => DiskFull(path, error),
        raw.SQLITE_IOERR when error.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE => DiskFull(path, error),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => ReadOnly(path, error),
        raw.SQLITE_NOTADB => NotAStore(path, error),
        raw.SQLITE_CORRUPT => Damaged(path, error.Message, error),

        // The statements are right, so the tables are not: one is missing, or has other columns.
        raw.SQLITE_ERROR => Damaged(path, $"its tables are not those of its format: {error.Message}", error),
        raw.SQLITE_CANTOPEN => new(StoreFault.Unreachable, $"The file '{path}' cannot be opened ({error.Message}). Check that its folder exists and that you may read and write it.", path, error),
        _ => new(StoreFault.Unreachable, $"The file '{path}' cannot be used ({error.Message}). Check the disk.", path, error),
    };

    public static StoreException Locked(string path, Exception? cause = null)
        => new(StoreFault.Locked, $"Another process locks '{path}' for too long. Close the program that writes to it, or try again later.", path, cause);

    public static StoreException ReadOnly(string path, Exception? cause = null)
        => new(StoreFault.ReadOnly, $"'{path}' can be read but not written. Allow your account to write the file and its folder, or use another file.", path, cause);

    public static StoreException NotAStore(string path, Exception? cause = null)
        => new(StoreFault.NotAStore, $"'{path}' is not a ConnectorDb file of the expected kind. Give the path of one, or of a new file.", path, cause);

    public static StoreException Damaged(string path, string problem, Exception? cause = null)
        => new(StoreFault.Damaged, $"The file '{path}' is damaged ({problem}). Restore it from a backup (a store with Restore-CdbStore), or save what can be read with the '.recover' command of the sqlite3 shell.", path, cause);

    public static StoreException Unreachable(string path, Exception cause)
        => new(StoreFault.Unreachable, $"The file '{path}' cannot be opened: {cause.Message} Check the path, and that you may read and write there.", path, cause);

    public static StoreException Replaced(string path)
        => new(StoreFault.Replaced, $"The file '{path}' was deleted, replaced or overwritten by another program while it was open. Nothing of this call was written. Open it again: Disconnect-Cdb and Connect-Cdb for a store, Stop-CdbLogger and Start-CdbLogger for a logger; restart a server. A log of the old file that is not empty is kept as '{path}-wal-of-replaced' when the file is closed. Restore-CdbStore replaces a store safely.", path);

    public static StoreException Closed(string path)
        => new(StoreFault.Closed, $"The file '{path}' was closed. Open it again.", path);

    private static StoreException DiskFull(string path, Exception cause)
        => new(StoreFault.DiskFull, $"The disk is full: '{path}' cannot grow. Nothing of this call was written; earlier data is safe. Free space and try again.", path, cause);
}

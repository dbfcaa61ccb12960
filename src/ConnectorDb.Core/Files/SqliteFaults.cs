using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Files;

/// <summary>Says in the words of the model what SQLite has to complain of.</summary>
internal static class SqliteFaults
{
    public static StoreException Describe(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Locked(path, error),
        raw.SQLITE_FULL => DiskFull(path, error),
        raw.SQLITE_IOERR when error.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE => DiskFull(path, error),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => ReadOnly(path, error),
        raw.SQLITE_NOTADB => NotAStore(path, error),
        raw.SQLITE_CORRUPT => new(StoreFault.Damaged, $"The file '{path}' is damaged ({error.Message}). Restore it from a backup, or save what can be read with the '.recover' command of the sqlite3 shell.", path, error),
        raw.SQLITE_CANTOPEN => new(StoreFault.Unreachable, $"The file '{path}' cannot be opened ({error.Message}). Check that its folder is there and that you may read and write it.", path, error),
        _ => new(StoreFault.Unreachable, $"The file '{path}' cannot do its work ({error.Message}). Check the disk it lies on.", path, error),
    };

    public static StoreException Locked(string path, Exception? cause = null)
        => new(StoreFault.Locked, $"Another process has kept '{path}' locked for too long. Close the program that is writing to it, or try again later.", path, cause);

    public static StoreException ReadOnly(string path, Exception? cause = null)
        => new(StoreFault.ReadOnly, $"'{path}' can be read but not written. Give yourself the right to write the file and its folder, or use a file in another place.", path, cause);

    public static StoreException NotAStore(string path, Exception? cause = null)
        => new(StoreFault.NotAStore, $"'{path}' is not a file of ConnectorDb of the kind that is wanted here. Give the path of one, or of a file that is not there yet to make a new one.", path, cause);

    public static StoreException Unreachable(string path, Exception cause)
        => new(StoreFault.Unreachable, $"The file '{path}' cannot be opened: {cause.Message} Check the path, and that you may read and write there.", path, cause);

    public static StoreException Closed(string path)
        => new(StoreFault.Closed, $"The file '{path}' was closed. Open it again.", path);

    private static StoreException DiskFull(string path, Exception cause)
        => new(StoreFault.DiskFull, $"The disk is full: '{path}' cannot grow. Nothing of this call was written; what was written before is safe. Make room and try again.", path, cause);
}

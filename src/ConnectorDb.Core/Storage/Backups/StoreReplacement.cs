using ConnectorDb.Core.Files;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Storage.Backups;

/// <summary>Replaces the file of a store by another one that is complete, in one step.</summary>
/// <remarks>
/// A write-ahead log left beside the new file would be applied to it. So the old one is locked, its log is copied into it, and only then the
/// new one is renamed to its path. Whenever the process is killed, the path names the old store or the new one, and both are complete.
/// </remarks>
internal static class StoreReplacement
{
    /// <param name="whole">A complete file in the same folder.</param>
    /// <param name="path">The store.</param>
    /// <param name="alsoDamaged">A file that cannot be opened is replaced as well. Its log is kept beside it.</param>
    /// <exception cref="StoreException">A program has the store open, or the old file cannot be opened.</exception>
    public static void Run(string whole, string path, bool alsoDamaged)
    {
        if (SqliteFile.IsEmpty(path))
        {
            // A log without a store is kept. The lock of an empty file makes a program wait that is about to create a store there.
            SqliteFile.MoveLogAside(path);
            SqliteFile.Make(path);
        }

        SqliteSession? old = TryLock(path, alsoDamaged);
        if (old is null)
        {
            SqliteFile.MoveLogAside(path);
        }

        // Windows renames no file over an open one, so a program may open the old store in between; then the rename fails.
        if (OperatingSystem.IsWindows())
        {
            old?.Dispose();
        }
        else if (old is not null)
        {
            // The exclusive lock needs no index, so this one is of others who have closed the store. The log is empty. When SQLite closes the
            // old store, it must not delete the log at the path: a program may have opened the new store by then.
            old.KeepLog();
            File.Delete($"{path}-shm");
            File.Delete($"{path}-wal");
        }

        try
        {
            File.Move(whole, path, overwrite: true);
        }
        finally
        {
            old?.Dispose();
        }
    }

    /// <summary>Checks that the file of a store can be replaced now.</summary>
    /// <inheritdoc cref="Run"/>
    public static void Check(string path, bool alsoDamaged) => TryLock(path, alsoDamaged)?.Dispose();

    /// <summary>Opens the old store exclusively, and empties its log; null for a damaged one.</summary>
    private static SqliteSession? TryLock(string path, bool alsoDamaged)
    {
        try
        {
            SqliteSession old = SqliteFile.Open(path, SqliteAccess.Alone);
            try
            {
                using Row emptied = old["PRAGMA wal_checkpoint(TRUNCATE)"].Query();
                return !emptied.Read() || emptied.Integer(0) == 0 ? old : throw InUse(path, null);
            }
            catch
            {
                old.Dispose();
                throw;
            }
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            throw InUse(path, error);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_ERROR)
        {
            return alsoDamaged ? null : throw new StoreException(StoreFault.Damaged, $"'{path}' is damaged, or no store ({error.Message}). Use -Force to replace it nevertheless.", path, error);
        }
    }

    private static StoreException InUse(string path, Exception? cause)
        => new(StoreFault.Locked, $"'{path}' is open in this or another process, so it cannot be replaced. Close it first: Get-CdbConnection | Disconnect-Cdb in each session, Stop-CdbServer, or stop the service.", path, cause);
}

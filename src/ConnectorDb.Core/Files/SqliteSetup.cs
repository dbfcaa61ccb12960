using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Files;

/// <summary>Prepares the write connection of a file that may be empty or of an older version.</summary>
/// <remarks>Other processes may do the same at the same time.</remarks>
internal static class SqliteSetup
{
    private const int Pause = 5;

    /// <param name="patience">Maximum wait for other processes.</param>
    /// <exception cref="StoreException">The file is of another kind, of a newer version, or locked for too long.</exception>
    /// <returns>True when the file was empty, and this call has made its tables.</returns>
    public static bool Prepare(SqliteSession writer, string path, SqliteFormat format, TimeSpan patience)
    {
        // From here on, waiting for the write lock is done by retries, which can be cancelled.
        writer.Patience = TimeSpan.Zero;
        long started = Environment.TickCount64;
        bool isNew;
        while (!TryPrepare(writer, path, format, out isNew))
        {
            if (Environment.TickCount64 - started > patience.TotalMilliseconds)
            {
                throw SqliteFaults.Locked(path);
            }

            Thread.Sleep(Pause);
        }

        FileRights.CopyToSideFile(path, $"{path}-wal");
        return isNew;
    }

    private static bool TryPrepare(SqliteSession writer, string path, SqliteFormat format, out bool isNew)
    {
        isNew = false;
        try
        {
            bool isThere = format.IsThere(writer, path);
            CheckPath(writer, path);
            if (isThere && format.IsCurrent(writer))
            {
                return true;
            }

            if (!isThere)
            {
                writer.Execute("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL");
                CheckPath(writer, path);
            }

            if (!writer.TryBeginWrite())
            {
                return false;
            }

            if (format.IsThere(writer, path))
            {
                format.Upgrade(writer);
            }
            else
            {
                format.Make(writer);
                isNew = true;
            }

            writer["COMMIT"].Run();
            return true;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return false;
        }
    }

    /// <summary>Refuses a file that was replaced after it was opened, while its first read waited for the lock of the program that replaced it.</summary>
    /// <remarks>The log at the path is that of the new file. Once the file was read in write-ahead mode, its lock lets no program of ours replace it.</remarks>
    private static void CheckPath(SqliteSession writer, string path)
    {
        if (OpenFileCheck.HasMoved(writer))
        {
            writer.KeepLog();
            throw SqliteFaults.Replaced(path);
        }
    }
}

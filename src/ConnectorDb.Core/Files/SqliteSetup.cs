using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Files;

/// <summary>Prepares the write connection of a file that may be empty or of an older version.</summary>
/// <remarks>Other processes may do the same at the same time.</remarks>
internal static class SqliteSetup
{
    private const int Pause = 5;

    /// <param name="patience">Maximum wait for other processes.</param>
    /// <exception cref="StoreException">The file is of another kind, of a newer version, or locked for too long.</exception>
    public static void Prepare(SqliteSession writer, string path, SqliteFormat format, TimeSpan patience)
    {
        // From here on, waiting for the write lock is done by retries, which can be cancelled.
        writer.Patience = TimeSpan.Zero;
        long started = Environment.TickCount64;
        while (!TryPrepare(writer, path, format))
        {
            if (Environment.TickCount64 - started > patience.TotalMilliseconds)
            {
                throw SqliteFaults.Locked(path);
            }

            Thread.Sleep(Pause);
        }

        FileRights.CopyToSideFile(path, $"{path}-wal");
    }

    private static bool TryPrepare(SqliteSession writer, string path, SqliteFormat format)
    {
        try
        {
            bool isThere = format.IsThere(writer, path);
            if (isThere && SqliteFormat.VersionOf(writer) == format.Version)
            {
                return true;
            }

            if (!isThere)
            {
                writer.Execute("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL");
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
            }

            writer["COMMIT"].Run();
            return true;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return false;
        }
    }
}

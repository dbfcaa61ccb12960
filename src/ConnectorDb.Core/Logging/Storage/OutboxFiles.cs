using ConnectorDb.Core.Files;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>The file of a logger and the files beside it.</summary>
internal static class OutboxFiles
{
    private static readonly string[] s_suffixes = ["", "-wal", "-shm", "-reserve"];

    /// <summary>The file that processes lock while they open the logger.</summary>
    public static string LockOf(string path) => $"{path}-open";

    /// <summary>Deletes the files of a logger. Returns false when it is open in this or another process, which would write on into a file without a name.</summary>
    public static bool TryDelete(string path, TimeSpan patience)
    {
        using (LockFile.Take(LockOf(path), path, patience))
        {
            if (IsOpen(path))
            {
                return false;
            }

            foreach (string suffix in s_suffixes)
            {
                File.Delete(path + suffix);
            }

            // A lock for each destination; before version 2 of the format, one for all.
            foreach (string locked in Directory.GetFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}-sync*"))
            {
                File.Delete(locked);
            }
        }

        File.Delete(LockOf(path));
        return true;
    }

    /// <summary>True while there is a connection: the lock of another one excludes the exclusive lock.</summary>
    private static bool IsOpen(string path)
    {
        try
        {
            SqliteFile.Open(path, SqliteAccess.Alone).Dispose();
            return false;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED)
        {
            return true;
        }
    }
}

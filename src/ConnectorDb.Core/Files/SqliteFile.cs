using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Files;

/// <summary>Creates and opens SQLite files that only their owner can read.</summary>
internal static class SqliteFile
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>The full path of a file; of a symbolic link, that of its target.</summary>
    /// <remarks>SQLite, too, keeps the log beside the target. A link is never replaced, and one file has one lock, whatever path it was opened by.</remarks>
    /// <exception cref="StoreException">The path cannot be the path of a file.</exception>
    public static string Locate(string path)
    {
        string full = PathCheck.FaultOf(path, "store.cdb") is { } fault ? throw new StoreException(StoreFault.Unreachable, fault, path) : Path.GetFullPath(path);
        try
        {
            return new FileInfo(full) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : full;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SqliteFaults.Unreachable(full, error);
        }
    }

    /// <summary>Creates an empty private file and its folder if they do not exist.</summary>
    public static void Make(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        MakeFolder(path);

        // Shared, because on Windows SQLite opens an exclusively opened file read-only, and keeps it read-only.
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        try
        {
            FileRights.OpenPrivate(path, options).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process has created the file in the meantime.
        }
    }

    /// <summary>Creates the private folder of the file if it does not exist.</summary>
    public static void MakeFolder(string path) => FileRights.CreatePrivateFolder(Path.GetDirectoryName(path)!);

    public static SqliteSession Open(string path, SqliteAccess access)
    {
        SqliteSession session = new(new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = access == SqliteAccess.ReadUnchanging ? $"file:{Uri.EscapeDataString(path)}?immutable=1" : path,
            Mode = access == SqliteAccess.ReadUnchanging ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = (int)s_patience.TotalSeconds,
        }.ToString()));
        try
        {
            session.Connection.Open();
            session.Patience = s_patience;

            // An append to thousands of streams changes a page for each. With the default cache of 2 MB, pages were written and read several times.
            session.Execute(access switch
            {
                SqliteAccess.Write => "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16384",
                SqliteAccess.Damaged => "PRAGMA writable_schema = ON; PRAGMA locking_mode = EXCLUSIVE; SELECT count(*) FROM sqlite_schema",
                SqliteAccess.Alone => "PRAGMA locking_mode = EXCLUSIVE",
                _ => "PRAGMA query_only = ON",
            });
            if (access == SqliteAccess.Alone)
            {
                // The first read takes the lock. As a second statement above, its error would be ignored.
                session["SELECT count(*) FROM sqlite_schema"].Run();
            }

            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>After a file was replaced while it was open: keeps its log away from the new file, to which it would be applied.</summary>
    /// <remarks>Not if another program has the new file open, which then uses the log.</remarks>
    public static void SetLogAside(string path)
    {
        try
        {
            using SqliteSession? alone = IsEmpty(path) ? null : Open(path, SqliteAccess.Alone);
            alone?.KeepLog();
            MoveLogAside(path);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            // It is in use, or cannot be moved; the writers of this process have already been told.
        }
    }

    /// <summary>Renames the log of a file that nobody has open, or that is not there.</summary>
    public static void MoveLogAside(string path)
    {
        string log = $"{path}-wal";
        string aside = $"{log}-of-replaced";
        bool isEmpty = IsEmpty(path);
        if (!IsLogEmpty(path))
        {
            File.Move(log, aside, overwrite: true);
            if (isEmpty && !IsEmpty(path))
            {
                // A program has made the file in between. SQLite then deletes a log that it finds, so this is the one of the new file.
                File.Move(aside, log);
            }
        }

        if (!isEmpty)
        {
            File.Delete($"{path}-shm");
        }
    }

    /// <summary>True when there is no file, or one without content.</summary>
    public static bool IsEmpty(string path) => new FileInfo(path) is not { Exists: true, Length: > 0 };

    /// <summary>True when the file is complete without its write-ahead log.</summary>
    public static bool IsWhole(string path) => File.Exists(path) && IsLogEmpty(path);

    private static bool IsLogEmpty(string path) => IsEmpty($"{path}-wal");
}

using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Files;

/// <summary>A SQLite file: made so that only its owner can read it, and opened.</summary>
internal static class SqliteFile
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>The full path of a file.</summary>
    /// <exception cref="StoreException">No file can have this path.</exception>
    public static string Locate(string path)
        => PathCheck.FaultOf(path, "store.cdb") is { } fault ? throw new StoreException(StoreFault.Unreachable, fault, path) : Path.GetFullPath(path);

    /// <summary>Makes an empty private file, and its folder, when they are not there.</summary>
    public static void Make(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        MakeFolder(path);

        // Shared: on Windows, SQLite opens a file that someone else holds alone for reading only, and keeps it so.
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        try
        {
            FileRights.OpenPrivate(path, options).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was quicker; its file is as good.
        }
    }

    /// <summary>Makes the folder of the file private when it is not there.</summary>
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
            session.Execute(access switch
            {
                SqliteAccess.Write => "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864",
                SqliteAccess.Alone => "PRAGMA locking_mode = EXCLUSIVE; SELECT count(*) FROM sqlite_schema",
                _ => "PRAGMA query_only = ON",
            });
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file could be read as it lies, without what writers keep beside it.</summary>
    public static bool IsWhole(string path) => File.Exists(path) && new FileInfo($"{path}-wal") is not { Exists: true, Length: > 0 };
}

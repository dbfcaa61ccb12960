using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Files;

/// <summary>A SQLite file: made so that only its owner can read it, and opened.</summary>
internal static class SqliteFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Makes an empty file, and its folder, when they are not there. SQLite gives its side files the same rights.</summary>
    public static void Make(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        MakeFolder(path);

        // Shared: on Windows, SQLite opens a file that someone else holds alone for reading only, and keeps it so.
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            File.Open(path, options).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was quicker; its file is as good.
        }
    }

    /// <summary>Makes the folder of the file when it is not there; only its owner can look into it.</summary>
    public static void MakeFolder(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    public static SqliteSession Open(string path, SqliteAccess access)
    {
        SqliteSession session = new(new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = access == SqliteAccess.ReadUnchanging ? $"{new Uri(path).AbsoluteUri}?immutable=1" : path,
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

namespace ConnectorDb.PowerShell.Loading;

/// <summary>The file of a logger and the files beside it.</summary>
internal static class LoggerFiles
{
    private static readonly string[] s_suffixes = ["", "-wal", "-shm", "-open", "-reserve"];

    /// <summary>True for a file without content, which opening turns into a new logger.</summary>
    public static bool IsEmpty(string path) => new FileInfo(path) is { Exists: true, Length: 0 };

    /// <param name="keepsEmpty">The file itself becomes empty instead.</param>
    public static void Delete(string path, bool keepsEmpty = false)
    {
        foreach (string suffix in s_suffixes)
        {
            File.Delete(path + suffix);
        }

        // A lock for each destination; before version 2 of the format, one for all.
        foreach (string locked in Directory.GetFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}-sync*"))
        {
            File.Delete(locked);
        }

        if (keepsEmpty)
        {
            File.Create(path).Dispose();
        }
    }
}

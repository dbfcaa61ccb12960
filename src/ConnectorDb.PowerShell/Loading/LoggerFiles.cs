namespace ConnectorDb.PowerShell.Loading;

/// <summary>The file of a logger and the files beside it.</summary>
internal static class LoggerFiles
{
    private static readonly string[] s_suffixes = ["", "-wal", "-shm", "-open", "-reserve"];

    public static void Delete(string path)
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
    }
}

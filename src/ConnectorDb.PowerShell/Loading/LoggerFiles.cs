namespace ConnectorDb.PowerShell.Loading;

/// <summary>The file of a logger and the files beside it.</summary>
internal static class LoggerFiles
{
    private static readonly string[] s_suffixes = ["", "-wal", "-shm", "-sync", "-open"];

    public static void Delete(string path)
    {
        foreach (string suffix in s_suffixes)
        {
            File.Delete(path + suffix);
        }
    }
}

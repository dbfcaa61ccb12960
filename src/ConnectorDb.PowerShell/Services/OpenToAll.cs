namespace ConnectorDb.PowerShell.Services;

/// <summary>Whether an account that is nobody's can read a file, as far as rights of Unix tell.</summary>
internal static class OpenToAll
{
    /// <returns>The file or the folder on its way that is closed to others; null when none is, and on Windows.</returns>
    public static string? Barrier(string path)
    {
        if (OperatingSystem.IsWindows() || !Path.Exists(path))
        {
            return null;
        }

        string? barrier = (File.GetUnixFileMode(path) & UnixFileMode.OtherRead) == 0 ? path : null;
        for (string? folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            barrier = (File.GetUnixFileMode(folder) & UnixFileMode.OtherExecute) == 0 ? folder : barrier;
        }

        return barrier;
    }
}

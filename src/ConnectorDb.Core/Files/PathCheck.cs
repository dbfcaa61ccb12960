namespace ConnectorDb.Core.Files;

/// <summary>Checks that a path can be the path of a file.</summary>
public static class PathCheck
{
    /// <summary>The full path. A path that cannot have one is returned unchanged; <see cref="FaultOf"/> says why.</summary>
    /// <param name="folder">The folder that a relative path starts from.</param>
    public static string FullPathOf(string path, string folder)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Contains('\0', StringComparison.Ordinal) ? path : Path.GetFullPath(path, folder);
    }

    /// <param name="example">The name of an example file.</param>
    /// <returns>The problem and an alternative; null when the path is possible.</returns>
    public static string? FaultOf(string path, string example)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return $"'{path.Replace("\0", @"\0", StringComparison.Ordinal)}' is not the path of a file, because it contains the character NUL. Give one such as '{example}'.";
        }

        if (string.IsNullOrWhiteSpace(path))
        {
            return $"'{path}' is not the path of a file. Give one such as '{example}'.";
        }

        string full = Path.GetFullPath(path);
        return full.StartsWith(@"\\.\", StringComparison.Ordinal) ? $"'{path}' is the name of a device of Windows. Give a file another name."
            : IsUnixDevice(full) ? $"'{full}' is a device. Give the path of a file, such as '{example}'."
            : Path.GetDirectoryName(full) is null || Path.EndsInDirectorySeparator(full) || Directory.Exists(full) ? $"'{full}' is a folder. Give a file in it: '{Path.Combine(full, example)}', for example."
            : string.IsNullOrWhiteSpace(Path.GetFileName(full)) ? $"'{path}' is not the path of a file. Give one such as '{example}'."
            : null;
    }

    // /dev/shm is a folder for files in memory.
    private static bool IsUnixDevice(string full)
        => full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal) && File.Exists(full);
}

namespace ConnectorDb.Core.Files;

/// <summary>Tells whether a path can be that of a file, before anything is opened or made.</summary>
public static class PathCheck
{
    /// <param name="example">The name of such a file.</param>
    /// <returns>Why the path names no file, and a path to give instead; null when it can name one.</returns>
    public static string? FaultOf(string path, string example)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            return $"'{path}' is not the path of a file. Give one such as '{example}'.";
        }

        string full = Path.GetFullPath(path);
        return full.StartsWith(@"\\.\", StringComparison.Ordinal) ? $"'{path}' is the name of a device of Windows. Give a file another name."
            : Path.GetDirectoryName(full) is null || Path.EndsInDirectorySeparator(full) || Directory.Exists(full) ? $"'{full}' is a folder. Give a file in it: '{Path.Combine(full, example)}', for example."
            : null;
    }
}

namespace ConnectorDb;

/// <summary>A file or folder cannot be read or written.</summary>
public sealed class FileAccessException(string message, object? target, Exception? cause = null) : CdbException(message, target, cause)
{
    /// <summary>The reason of an error of the system, without the path, for a message that names it already.</summary>
    public static string ReasonOf(Exception error, string path)
    {
        ArgumentNullException.ThrowIfNull(error);
        string reason = error is FileNotFoundException ? "There is no such file." : error is DirectoryNotFoundException ? "Its folder is missing."
            : error.Message.Replace($" : '{path}'", "", StringComparison.Ordinal).Replace($" '{path}'", "", StringComparison.Ordinal);
        return reason.EndsWith('.') ? reason : $"{reason}.";
    }
}

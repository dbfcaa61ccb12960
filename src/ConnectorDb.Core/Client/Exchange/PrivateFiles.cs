using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>Files and folders that only their owner can use, because they contain keys and data.</summary>
internal static class PrivateFiles
{
    public static void CreateFolder(string folder) => Try(folder, "made", () => FileRights.CreatePrivateFolder(folder));

    /// <summary>Creates a file without a buffer, so that closing it cannot fail.</summary>
    public static FileStream Create(string file)
        => Try(file, "made", () => FileRights.OpenPrivate(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 }));

    /// <summary>Runs a file operation, and maps errors of the operating system to <see cref="FileAccessException"/>.</summary>
    /// <param name="verb">The operation as in "cannot be read".</param>
    /// <exception cref="FileAccessException">The operation failed.</exception>
    public static T Try<T>(string path, string verb, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new FileAccessException($"'{path}' cannot be {verb}. {FileAccessException.ReasonOf(error, path)}", path, error);
        }
    }

    /// <inheritdoc cref="Try{T}"/>
    public static void Try(string path, string verb, Action action) => Try(path, verb, () =>
    {
        action();
        return true;
    });
}

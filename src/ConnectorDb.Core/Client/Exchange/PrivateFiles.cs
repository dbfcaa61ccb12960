using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>Files and folders that are their owner's alone, as they hold keys and what was measured.</summary>
internal static class PrivateFiles
{
    public static void CreateFolder(string folder) => Try(folder, "made", () => FileRights.CreatePrivateFolder(folder));

    /// <summary>Makes a file to write to; nothing is buffered, so that closing it cannot fail.</summary>
    public static FileStream Create(string file)
        => Try(file, "made", () => FileRights.OpenPrivate(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 }));

    /// <summary>Does it; what the operating system refuses becomes an error of the model.</summary>
    /// <param name="verb">What is done to the file, as in "cannot be read".</param>
    /// <exception cref="FileAccessException">The file or folder cannot be used so.</exception>
    public static T Try<T>(string path, string verb, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new FileAccessException($"'{path}' cannot be {verb}. {error.Message}", path, error);
        }
    }

    /// <inheritdoc cref="Try{T}"/>
    public static void Try(string path, string verb, Action action) => Try(path, verb, () =>
    {
        action();
        return true;
    });
}

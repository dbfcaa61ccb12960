using System.Runtime.InteropServices;

namespace ConnectorDb.Core.Files;

/// <summary>Checks the creation of a file and its folders without creating them.</summary>
public static partial class MissingFile
{
    private const int WriteAndSearch = 2 | 1;

    /// <summary>The outermost folder that would be created for a file; null when the folder of the file exists.</summary>
    /// <param name="path">The full path of the file.</param>
    public static string? FolderToCreate(string path)
    {
        string? missing = null;
        for (string? folder = Path.GetDirectoryName(path); folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            missing = folder;
        }

        return missing;
    }

    /// <summary>A noun phrase for the file and the folder to be created; null when the file exists.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="kind">The noun for the file, such as "file".</param>
    /// <exception cref="IOException">A part of the path is a file.</exception>
    /// <exception cref="UnauthorizedAccessException">The account may not create the file.</exception>
    public static string? Describe(string path, string kind)
    {
        if (File.Exists(path))
        {
            return null;
        }

        string? folder = FolderToCreate(path);
        string parent = Path.GetDirectoryName(folder ?? path)!;
        if (folder is not null && File.Exists(folder))
        {
            throw new IOException($"'{folder}' is a file and no folder.");
        }

        if (!OperatingSystem.IsWindows() && Access(parent, WriteAndSearch) != 0)
        {
            throw new UnauthorizedAccessException($"This account may not create files in '{parent}'.");
        }

        return folder is null ? $"the {kind} '{path}'" : $"the folder '{folder}' and in it the {kind} '{path}'";
    }

    // https://man7.org/linux/man-pages/man2/access.2.html
    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Access(string path, int mode);
}

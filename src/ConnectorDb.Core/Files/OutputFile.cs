namespace ConnectorDb.Core.Files;

/// <summary>A file that is written whole or not at all: beside its place first, and then moved there.</summary>
internal sealed class OutputFile : IDisposable
{
    private FileStream? _stream;

    /// <param name="path">The full path.</param>
    /// <param name="example">The name of such a file, for messages.</param>
    /// <param name="options">The handling of an existing file.</param>
    /// <exception cref="FileAccessException">The file cannot be made, or exists and must not be replaced.</exception>
    public OutputFile(string path, string example, OutputFileOptions options)
    {
        Path = Check(path, example, options);
        PathAside = $"{Path}.{Guid.NewGuid():N}.new";
        if (File.Exists(Path) && File.GetAttributes(Path).HasFlag(FileAttributes.ReadOnly))
        {
            Try("written", () =>
            {
                File.SetAttributes(Path, File.GetAttributes(Path) & ~FileAttributes.ReadOnly);
                return true;
            });
        }

        _stream = Try("made", () => File.Exists(Path) ? FileRights.CreateLike(Path, PathAside) : new FileStream(PathAside, FileMode.CreateNew, FileAccess.Write));
    }

    public string Path { get; }

    /// <summary>The file with the content, until it is moved.</summary>
    public string PathAside { get; }

    public Stream Stream => _stream!;

    /// <summary>Checks that a file can be written, without writing it. Returns its path.</summary>
    /// <inheritdoc cref="OutputFile(string, string, OutputFileOptions)"/>
    public static string Check(string path, string example, OutputFileOptions options)
    {
        if (PathCheck.FaultOf(path, example) is { } fault)
        {
            throw new FileAccessException(fault, path);
        }

        if (!File.Exists(path))
        {
            return Directory.Exists(System.IO.Path.GetDirectoryName(path)) ? path
                : throw new FileAccessException($"'{path}' cannot be made, because its folder is missing. Make the folder, or give another path.", path);
        }

        // A link stays, and its target gets the content.
        string file = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        return options.RefusalToReplace is { } advice ? throw new FileAccessException($"'{file}' exists already. {advice}", file)
            : options.CanReplaceReadOnly || !File.Exists(file) || !File.GetAttributes(file).HasFlag(FileAttributes.ReadOnly) ? file
            : throw new FileAccessException($"'{file}' is read-only. Give another path, or -Force to write it all the same.", file);
    }

    /// <summary>Writes all content to the disk and closes the file.</summary>
    public void Close()
    {
        Try("written", () =>
        {
            _stream!.Flush(flushToDisk: true);
            _stream.Dispose();
            return true;
        });
        _stream = null;
    }

    /// <summary>Closes the file and moves it to its place.</summary>
    public void Complete()
    {
        Close();
        Try("replaced", () =>
        {
            File.Move(PathAside, Path, overwrite: true);
            return true;
        });
    }

    /// <summary>Deletes the file beside, unless it was moved.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
        File.Delete(PathAside);
    }

    /// <summary>Runs an action on the file.</summary>
    /// <exception cref="FileAccessException">It failed; the message names the path of the user.</exception>
    public T Try<T>(string verb, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileAccessException($"'{Path}' cannot be {verb}. {FileAccessException.ReasonOf(error, PathAside).Replace(PathAside, Path, StringComparison.Ordinal)}", Path, error);
        }
    }
}

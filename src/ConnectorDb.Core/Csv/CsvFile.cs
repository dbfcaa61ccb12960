using System.Text;
using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Csv;

/// <summary>A file that is written whole or not at all: beside its place first, and then moved there, or appended at once.</summary>
internal sealed class CsvFile : IDisposable
{
    private readonly CsvFileMode _mode;
    private readonly string _aside;
    private FileStream? _stream;

    /// <exception cref="FileAccessException">The file cannot be made, or exists and must not be replaced.</exception>
    public CsvFile(string path, CsvFileMode mode)
    {
        Path = path;
        _mode = mode;
        _aside = $"{path}.{Guid.NewGuid():N}.new";
        if (PathCheck.FaultOf(path, "data.csv") is { } fault)
        {
            throw new FileAccessException(fault, path);
        }

        if (File.Exists(path))
        {
            CheckToReplace();
        }

        _stream = Try("made", () => File.Exists(path) ? FileRights.CreateLike(path, _aside) : new FileStream(_aside, FileMode.CreateNew, FileAccess.Write));
    }

    public string Path { get; }

    public Stream Stream => _stream!;

    /// <summary>True when the file already has content, to which the new rows are appended.</summary>
    public bool HasContent => _mode.Append && new FileInfo(Path) is { Exists: true, Length: > 0 };

    /// <summary>The first line of the file, without the byte order mark.</summary>
    public string FirstLine() => Try("read", () =>
    {
        using StreamReader reader = new(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8);
        return reader.ReadLine() ?? "";
    });

    /// <summary>Moves the complete file to its destination.</summary>
    public void Complete()
    {
        Try("written", () =>
        {
            _stream!.Flush(flushToDisk: true);
            _stream.Dispose();
            return true;
        });
        _stream = null;
        if (HasContent)
        {
            Append();
            File.Delete(_aside);
            return;
        }

        Try("replaced", () =>
        {
            File.Move(_aside, Path, overwrite: true);
            return true;
        });
    }

    /// <summary>Deletes the temporary file, unless it is complete.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
        File.Delete(_aside);
    }

    private void CheckToReplace()
    {
        if (_mode.NoClobber && !_mode.Append)
        {
            throw new FileAccessException($"'{Path}' exists already. Give another path, or omit -NoClobber to replace the file, or append to it with -Append.", Path);
        }

        if (!File.GetAttributes(Path).HasFlag(FileAttributes.ReadOnly))
        {
            return;
        }

        if (!_mode.Force)
        {
            throw new FileAccessException($"'{Path}' is read-only. Give another path, or -Force to write it all the same.", Path);
        }

        Try("written", () =>
        {
            File.SetAttributes(Path, File.GetAttributes(Path) & ~FileAttributes.ReadOnly);
            return true;
        });
    }

    /// <summary>Appends in one go. When that fails, the file gets its old length back.</summary>
    private void Append() => Try("written", () =>
    {
        using FileStream from = new(_aside, FileMode.Open, FileAccess.Read);
        using FileStream to = new(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        long length = to.Length;
        try
        {
            to.Seek(-1, SeekOrigin.End);
            bool isWholeLine = to.ReadByte() is '\n';
            if (!isWholeLine)
            {
                to.WriteByte((byte)'\n');
            }

            from.CopyTo(to);
            to.Flush(flushToDisk: true);
        }
        catch
        {
            to.SetLength(length);
            throw;
        }

        return true;
    });

    private T Try<T>(string verb, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileAccessException($"'{Path}' cannot be {verb}. {error.Message.Replace(_aside, Path, StringComparison.Ordinal)}", Path, error);
        }
    }
}

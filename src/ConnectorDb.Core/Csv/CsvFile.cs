using System.Text;
using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Csv;

/// <summary>A file that is written whole or not at all: moved to its place, or appended to the file there at once.</summary>
internal sealed class CsvFile : IDisposable
{
    private const string Example = "data.csv";
    private readonly CsvFileMode _mode;
    private readonly OutputFile _file;

    /// <exception cref="FileAccessException">The file cannot be made, or exists and must not be replaced.</exception>
    public CsvFile(string path, CsvFileMode mode)
    {
        _mode = mode;
        _file = new OutputFile(path, Example, OptionsOf(mode));
    }

    public string Path => _file.Path;

    public Stream Stream => _file.Stream;

    /// <summary>Checks that the file can be written, without writing it.</summary>
    /// <inheritdoc cref="CsvFile(string, CsvFileMode)"/>
    public static void Check(string path, CsvFileMode mode) => OutputFile.Check(path, Example, OptionsOf(mode));

    private static OutputFileOptions OptionsOf(CsvFileMode mode)
    {
        const string Refusal = "Give another path, or omit -NoClobber to replace the file, or append to it with -Append.";
        return new OutputFileOptions(mode.NoClobber && !mode.Append ? Refusal : null, mode.Force);
    }

    /// <summary>True when the file already has content, to which the new rows are appended.</summary>
    public bool HasContent => _mode.Append && new FileInfo(Path) is { Exists: true, Length: > 0 };

    /// <summary>The first line of the file, without the byte order mark.</summary>
    public string FirstLine() => _file.Try("read", () =>
    {
        using StreamReader reader = new(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8);
        return reader.ReadLine() ?? "";
    });

    /// <summary>Moves the complete file to its destination.</summary>
    public void Complete()
    {
        if (!HasContent)
        {
            _file.Complete();
            return;
        }

        _file.Close();
        Append();
        _file.Dispose();
    }

    /// <summary>Deletes the temporary file, unless it is complete.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Appends in one go. When that fails, the file gets its old length back.</summary>
    private void Append() => _file.Try("written", () =>
    {
        using FileStream from = new(_file.PathAside, FileMode.Open, FileAccess.Read);
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
}

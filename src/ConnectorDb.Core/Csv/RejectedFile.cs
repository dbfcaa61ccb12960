using ConnectorDb.Csv;

namespace ConnectorDb.Core.Csv;

/// <summary>A CSV file with the rejected rows of another: line, reason and text of each. It is made with the first.</summary>
internal sealed class RejectedFile : IDisposable
{
    private readonly string? _path;
    private FileStream? _file;
    private CsvWriter? _writer;

    /// <param name="path">The file; null for none.</param>
    /// <param name="source">The file that is read.</param>
    /// <exception cref="InvalidValueException">Both are the same file.</exception>
    public RejectedFile(string? path, string source)
    {
        StringComparison comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        bool isSource = File.Exists(path) && (source.Equals(path, comparison) || TargetOf(source).Equals(TargetOf(path), comparison));
        _path = isSource ? throw new InvalidValueException($"'{path}' is the file that is imported, and would be overwritten by its rejected rows. Give another -RejectedPath.", path) : path;
    }

    /// <summary>The file; null when there is none.</summary>
    public string? Path => _file is null ? null : _path;

    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    public void Write(CsvRejectedRow row)
    {
        if (_path is null)
        {
            return;
        }

        try
        {
            if (_writer is null)
            {
                _file = new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.Read);
                _writer = new CsvWriter(_file, new CsvWriteOptions());
                _writer.WriteNames(["Line", "Reason", "Row"]);
            }

            _writer.WriteValue(DataValue.From(row.Line));
            _writer.WriteText(row.Reason);
            _writer.WriteText(row.Row);
            _writer.EndRow();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileAccessException($"'{_path}', the file for rejected rows, cannot be written. {error.Message}", _path, error);
        }
    }

    public void Dispose()
    {
        _writer?.Flush();
        _file?.Dispose();
        _writer = null;
    }

    private static string TargetOf(string file) => File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
}

using ConnectorDb.Csv;

namespace ConnectorDb.Core.Csv;

/// <summary>A CSV file with the rejected rows of another: line, reason and text of each. It is made with the first.</summary>
internal sealed class RejectedFile(string? path) : IDisposable
{
    private FileStream? _file;
    private CsvWriter? _writer;

    /// <summary>The file; null when there is none.</summary>
    public string? Path => _file is null ? null : path;

    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    public void Write(CsvRejectedRow row)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            if (_writer is null)
            {
                _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
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
            throw new FileAccessException($"'{path}', the file for rejected rows, cannot be written. {error.Message}", path, error);
        }
    }

    public void Dispose()
    {
        _writer?.Flush();
        _file?.Dispose();
        _writer = null;
    }
}

using ConnectorDb.Core.Files;
using ConnectorDb.Csv;

namespace ConnectorDb.Core.Csv;

/// <summary>A CSV file with the rejected rows of others: line, reason, text and file of each. It is made with the first.</summary>
internal sealed class RejectedFile : IDisposable
{
    private readonly string? _path;
    private readonly string _source;
    private readonly bool _appends;
    private FileStream? _file;
    private CsvWriter? _writer;

    /// <param name="path">The file; null for none.</param>
    /// <param name="source">The file that is read.</param>
    /// <param name="appends">The file has the rows of others already.</param>
    /// <exception cref="InvalidValueException">Both are the same file.</exception>
    public RejectedFile(string? path, string source, bool appends)
    {
        (_source, _appends) = (source, appends);
        StringComparison comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        bool isSource = File.Exists(path) && (source.Equals(path, comparison) || TargetOf(source).Equals(TargetOf(path), comparison));
        _path = isSource ? throw new InvalidValueException($"'{path}' is the file that is imported, and would be overwritten by its rejected rows. Give another -RejectedPath.", path) : path;
    }

    /// <summary>The file; null when there is none.</summary>
    public string? Path => _file is null ? null : _path;

    /// <summary>Checks that the file can be written before anything is stored. Its content stays, and a missing file stays missing.</summary>
    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    public void Check()
    {
        if (_path is null)
        {
            return;
        }

        if (PathCheck.FaultOf(_path, "rejected.csv") is { } fault)
        {
            throw new FileAccessException(fault, _path);
        }

        try
        {
            FileOptions options = File.Exists(_path) ? FileOptions.None : FileOptions.DeleteOnClose;
            using FileStream file = new(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(error);
        }
    }

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
                _file = new FileStream(_path, _appends ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
                _writer = new CsvWriter(_file, new CsvWriteOptions());
                if (!_appends)
                {
                    _writer.WriteNames(["Line", "Reason", "Row", "File"]);
                }
            }

            _writer.WriteValue(DataValue.From(row.Line));
            _writer.WriteText(row.Reason);
            _writer.WriteText(row.Row);
            _writer.WriteText(_source);
            _writer.EndRow();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(error);
        }
    }

    public void Dispose()
    {
        _writer?.Flush();
        _file?.Dispose();
        _writer = null;
    }

    private FileAccessException NotWritten(Exception error)
        => new($"'{_path}', the file for rejected rows, cannot be written. {FileAccessException.ReasonOf(error, _path!)} Give another -RejectedPath, in a folder that exists.", _path!, error);

    private static string TargetOf(string file) => File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
}

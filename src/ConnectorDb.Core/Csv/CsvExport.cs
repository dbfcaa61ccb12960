using System.Text;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Csv;

/// <summary>Writes datapoints and rows to a CSV file. The file appears when it is complete.</summary>
public sealed class CsvExport : IDisposable
{
    /// <summary>The column of the time.</summary>
    public const string TimeName = "Time";

    /// <summary>The column of the streams of datapoints in the long form.</summary>
    public const string StreamName = "Stream";

    /// <summary>The column of the values of datapoints in the long form.</summary>
    public const string ValueName = "Value";

    private readonly CsvFile _file;
    private readonly CsvWriteOptions _options;
    private readonly CsvFileMode _mode;
    private readonly CsvWriter _writer;
    private IReadOnlyList<string>? _names;

    /// <exception cref="FileAccessException">The file cannot be made, or exists and must not be replaced.</exception>
    /// <exception cref="InvalidValueException">The options do not fit together.</exception>
    public CsvExport(string path, CsvWriteOptions options, CsvFileMode mode)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _mode = mode;
        _file = new CsvFile(path, mode);
        try
        {
            _writer = new CsvWriter(_file.Stream, options);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Checks that the file can be written, without writing it.</summary>
    /// <exception cref="FileAccessException">The file cannot be made, or exists and must not be replaced.</exception>
    public static void Check(string path, CsvFileMode mode)
    {
        ArgumentNullException.ThrowIfNull(mode);
        CsvFile.Check(path, mode);
    }

    /// <summary>Rows that were written, without the header.</summary>
    public long Rows { get; private set; }

    /// <summary>A warning about the rows that were written; null for none.</summary>
    public string? Warning => _writer.Warning;

    /// <summary>True after the names of the columns.</summary>
    public bool HasBegun => _names is not null;

    /// <summary>Writes the names of the columns, the first of which is the time. A file that is appended to must have the same ones.</summary>
    /// <exception cref="InvalidValueException">The columns of the file are others.</exception>
    public void Begin(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _names = names;
        if (!_file.HasContent)
        {
            if (_options.HasByteOrderMark)
            {
                _file.Stream.Write(Encoding.UTF8.Preamble);
            }

            _writer.WriteNames(names);
            return;
        }

        using MemoryStream header = new();
        CsvWriter other = new(header, _options);
        other.WriteNames(names);
        other.Flush();
        string wanted = Encoding.UTF8.GetString(header.ToArray()).TrimEnd('\n');
        if (!_mode.Force && _file.FirstLine() is var found && found != wanted)
        {
            throw new InvalidValueException(
                $"The columns of '{_file.Path}' are {found}, and those of the new rows are {wanted}. Write to another file, or append all the same with -Force.",
                _file.Path);
        }
    }

    /// <summary>Writes a row; fields without a value are empty.</summary>
    /// <param name="values">The fields after the time; null for one without a value.</param>
    public void Write(double seconds, ReadOnlySpan<DataValue?> values)
    {
        _writer.WriteTime(seconds);
        foreach (DataValue? value in values)
        {
            if (value is { } given)
            {
                _writer.WriteValue(given);
            }
            else
            {
                _writer.WriteNothing();
            }
        }

        EndRow();
    }

    /// <summary>Writes the datapoints of one stream, a row each.</summary>
    public void Write(Block points)
    {
        ArgumentNullException.ThrowIfNull(points);
        for (int i = 0; i < points.Count; i++)
        {
            _writer.WriteTime(points.Times.Span[i]);
            _writer.WriteValue(points.Values[i]);
            EndRow();
        }
    }

    /// <summary>Writes a datapoint in the long form.</summary>
    public void Write(double seconds, string? stream, DataValue value)
    {
        _writer.WriteTime(seconds);
        if (_names!.Count > 2)
        {
            _writer.WriteText(stream ?? "");
        }

        _writer.WriteValue(value);
        EndRow();
    }

    /// <summary>Puts the file in its place.</summary>
    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    public void Complete()
    {
        _writer.Flush();
        _file.Complete();
    }

    /// <summary>Deletes the file, unless it is complete.</summary>
    public void Dispose() => _file.Dispose();

    private void EndRow()
    {
        _writer.EndRow();
        Rows++;
    }
}

using System.Management.Automation;
using ConnectorDb.Core.Csv;
using ConnectorDb.PowerShell.Values;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>Writes objects of the pipeline to a CSV file: datapoints, arrays of them, and rows of datasets.</summary>
internal sealed class CsvRowObjects(CsvExport export)
{
    private static readonly string[] s_timeNames = [CsvExport.TimeName, "Timestamp", "t"];
    private readonly PipelineDatapointReader _datapoints = new();
    private readonly TimestampParser _times = new();
    private string[]? _columns;
    private string? _timeName;
    private DataValue?[] _row = [];

    /// <exception cref="InvalidValueException">The object has no time, or other properties than the first one.</exception>
    public void Write(object? given)
    {
        object? bare = PowerShellObject.Unwrap(given);
        switch (bare)
        {
            case Datapoint point:
                WritePoint(point.T, point.Stream, point.Value);
                break;
            case DatapointArrays arrays:
                WriteArrays(arrays);
                break;
            default:
                WriteObject(given);
                break;
        }
    }

    private void WriteArrays(DatapointArrays arrays)
    {
        for (int i = 0; i < arrays.Count; i++)
        {
            WritePoint(arrays.Timestamps[i], arrays.Stream, PowerShellValue.Read(arrays.Values.GetValue(i)));
        }
    }

    private void WritePoint(double t, string? stream, DataValue value)
    {
        if (_columns is not null)
        {
            throw new InvalidValueException("A datapoint follows a row of a dataset, and a file has one of both. Export them to two files.", value);
        }

        if (!export.HasBegun)
        {
            export.Begin(stream is null ? [CsvExport.TimeName, CsvExport.ValueName] : [CsvExport.TimeName, CsvExport.StreamName, CsvExport.ValueName]);
        }

        export.Write(t, stream, value);
    }

    private void WriteObject(object? given)
    {
        List<KeyValuePair<string, object?>> properties = PropertiesOf(given);
        if (_columns is null && IsDatapoint(given, out double t, out DataValue value))
        {
            WritePoint(t, null, value);
            return;
        }

        if (_columns is null)
        {
            Begin(given, properties);
        }

        double time = TimeOf(given, properties);
        Array.Clear(_row);
        foreach ((string name, object? field) in properties)
        {
            int column = Array.IndexOf(_columns!, name);
            if (column >= 0)
            {
                DataValue read = PowerShellValue.Read(field);
                _row[column] = read.IsNull ? null : read;
            }
            else if (!s_timeNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new InvalidValueException($"Row {export.Rows + 1} has a property '{name}', which the first row does not have. Select the same properties for all rows.", given);
            }
        }

        export.Write(time, _row);
    }

    private void Begin(object? given, List<KeyValuePair<string, object?>> properties)
    {
        _timeName = s_timeNames.FirstOrDefault(name => properties.Exists(property => name.Equals(property.Key, StringComparison.OrdinalIgnoreCase)))
            ?? throw new InvalidValueException("An object has no time: it has no property Time, Timestamp or t. Pipe datapoints, or the rows of a dataset.", given);
        _columns = [.. properties.Select(property => property.Key).Where(name => !s_timeNames.Contains(name, StringComparer.OrdinalIgnoreCase))];
        _row = new DataValue?[_columns.Length];
        export.Begin([CsvExport.TimeName, .. _columns]);
    }

    private double TimeOf(object? given, List<KeyValuePair<string, object?>> properties)
    {
        object? time = properties.Find(property => property.Key.Equals(_timeName, StringComparison.OrdinalIgnoreCase)).Value;
        return TimeText.TryRead(time, _times, out double seconds, out string? reason)
            ? seconds
            : throw new InvalidValueException($"The property '{_timeName}' is no time. {reason}", given);
    }

    private bool IsDatapoint(object? given, out double t, out DataValue value)
    {
        PipelinePoint point = _datapoints.ReadOne(given);
        (t, value) = (point.T, point.Value);
        return !double.IsNaN(t);
    }

    private static List<KeyValuePair<string, object?>> PropertiesOf(object? given)
        => given is null ? [] : [.. Members.Names(given).Select(name => new KeyValuePair<string, object?>(name, Members.Get(given, name)))];
}

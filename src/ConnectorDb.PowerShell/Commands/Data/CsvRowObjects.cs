using ConnectorDb.Core.Csv;
using ConnectorDb.PowerShell.Values;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>Writes objects of the pipeline to a CSV file: datapoints, arrays of them, and rows of datasets.</summary>
internal sealed class CsvRowObjects
{
    private static readonly string[] s_timeNames = [CsvExport.TimeName, "Timestamp", "t"];
    private readonly PipelineDatapointReader _datapoints = new();
    private readonly CsvExport _export;
    private readonly TimestampRows<Row> _rows;
    private string[]? _columns;
    private string? _timeName;

    public CsvRowObjects(CsvExport export)
    {
        _export = export;
        _rows = new(new TimestampParser(), Write, (row, reason) => throw new InvalidValueException($"The property '{row.TimeName}' is not a time. {reason}", row.Given));
    }

    /// <exception cref="InvalidValueException">The object has no time, or other properties than the first one.</exception>
    public void Add(object? given)
    {
        object? bare = PowerShellObject.Unwrap(given);
        switch (bare)
        {
            case Datapoint point:
                AddPoint(new PipelinePoint(point.T, point.Value, null), point.Stream, point);
                break;
            case DatapointArrays arrays:
                for (int i = 0; i < arrays.Count; i++)
                {
                    AddPoint(new PipelinePoint(arrays.Timestamps[i], PowerShellValue.Read(arrays.Values.GetValue(i)), null), arrays.Stream, arrays);
                }

                break;
            default:
                AddObject(given);
                break;
        }
    }

    /// <summary>Writes the rows whose times depend on those after them.</summary>
    /// <exception cref="InvalidValueException">A time is in the hour that occurs twice, and the order of the rows does not tell which one it is.</exception>
    public void Complete() => _rows.Complete();

    private void Write(Row row, double t)
    {
        if (row.Fields is { } fields)
        {
            _export.Write(t, fields);
        }
        else
        {
            _export.Write(t, row.Stream, row.Value);
        }
    }

    private void AddPoint(PipelinePoint point, string? stream, object? given)
    {
        if (_columns is not null)
        {
            throw new InvalidValueException("A datapoint follows a row of a dataset, and a file has one of both. Export them to two files.", given);
        }

        if (!_export.HasBegun)
        {
            _export.Begin(stream is null ? [CsvExport.TimeName, CsvExport.ValueName] : [CsvExport.TimeName, CsvExport.StreamName, CsvExport.ValueName]);
        }

        point.AddTo(_rows, new Row(stream, point.Value, null, point.Property, given));
    }

    private void AddObject(object? given)
    {
        List<KeyValuePair<string, object?>> properties = PropertiesOf(given);
        if (_columns is null && _datapoints.Read(given) is { HasTime: true } point)
        {
            AddPoint(point, null, given);
            return;
        }

        _columns ??= Begin(given, properties);
        DataValue?[] fields = new DataValue?[_columns.Length];
        foreach ((string name, object? field) in properties)
        {
            int column = Array.IndexOf(_columns, name);
            if (column >= 0)
            {
                DataValue read = PowerShellValue.Read(field);
                fields[column] = read.IsNull ? null : read;
            }
            else if (!s_timeNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new InvalidValueException($"Row {_export.Rows + _rows.Waiting + 1} has a property '{name}', which the first row does not have. Select the same properties for all rows.", given);
            }
        }

        object? time = properties.Find(property => property.Key.Equals(_timeName, StringComparison.OrdinalIgnoreCase)).Value;
        TimeText.AddProperty(_rows, time, new Row(null, default, fields, _timeName, given));
    }

    /// <summary>Writes the header.</summary>
    /// <returns>The names of the columns besides the time.</returns>
    private string[] Begin(object? given, List<KeyValuePair<string, object?>> properties)
    {
        _timeName = s_timeNames.FirstOrDefault(name => properties.Exists(property => name.Equals(property.Key, StringComparison.OrdinalIgnoreCase)))
            ?? throw new InvalidValueException("An object has no time: it has no property Time, Timestamp or t. Pipe datapoints, or the rows of a dataset.", given);
        string[] columns = [.. properties.Select(property => property.Key).Where(name => !s_timeNames.Contains(name, StringComparer.OrdinalIgnoreCase))];
        _export.Begin([CsvExport.TimeName, .. columns]);
        return columns;
    }

    private static List<KeyValuePair<string, object?>> PropertiesOf(object? given)
        => given is null ? [] : [.. Members.Names(given).Select(name => new KeyValuePair<string, object?>(name, Members.Get(given, name)))];

    /// <summary>A datapoint, or the fields of a row of a dataset.</summary>
    private readonly record struct Row(string? Stream, DataValue Value, DataValue?[]? Fields, string? TimeName, object? Given);
}

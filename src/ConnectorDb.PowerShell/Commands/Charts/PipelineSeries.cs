using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConnectorDb.Core.Charts;
using ConnectorDb.PowerShell.Values;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Commands.Charts;

/// <summary>Collects series from objects of the pipeline: datapoints, summaries, and rows with a time and numbers.</summary>
internal sealed class PipelineSeries
{
    private static readonly string[] s_timeNames = ["Time", "Timestamp", "t", "Date", "DateTime"];
    private readonly Dictionary<string, ChartSeriesBuilder> _series = [];

    /// <summary>The series that are columns of rows.</summary>
    private readonly HashSet<string> _columns = [];
    private readonly TimestampRows<Row> _rows;

    public PipelineSeries()
        => _rows = new(new TimestampParser(), Add, (row, reason) => throw new InvalidValueException($"The property '{row.TimeName}' is not a time. {reason}", row.Given));

    /// <summary>How many objects had no time, and the first of them; null for none.</summary>
    public (long Count, object? First)? WithoutTime { get; private set; }

    /// <summary>The series, each in order of time, and the names of columns that no chart can show.</summary>
    /// <exception cref="InvalidValueException">A time is in the hour that occurs twice, and the order of the rows does not tell which one it is.</exception>
    public (IReadOnlyList<ChartSeries> Series, IReadOnlyList<string> LeftOut) Build()
    {
        _rows.Complete();
        ILookup<bool, ChartSeries> all = _series.Values.Select(series => series.Build()).ToLookup(series => series.Obstacle is null || !_columns.Contains(series.Name));
        return ([.. all[true]], [.. all[false].Select(series => series.Name)]);
    }

    /// <exception cref="InvalidValueException">A time cannot be read.</exception>
    public void Add(object? given)
    {
        switch (PowerShellObject.Unwrap(given))
        {
            case StreamSummary summary:
                Of(summary.Stream).Add(summary);
                break;
            case Datapoint point:
                Add(point.Stream ?? "value", point.T, point.Value);
                break;
            case DatapointArrays arrays:
                for (int i = 0; i < arrays.Count; i++)
                {
                    Add(arrays.Stream ?? "value", arrays.Timestamps[i], PowerShellValue.Read(arrays.Values.GetValue(i)));
                }

                break;
            default:
                AddObject(given);
                break;
        }
    }

    private void AddObject(object? given)
    {
        string[] names = given is null ? [] : [.. Members.Names(given)];
        if (Array.Find(s_timeNames, name => names.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } timeName)
        {
            TimeText.AddProperty(_rows, Members.Get(given, timeName), new Row(given, names, timeName));
        }
        else if (names.Length > 0 || PowerShellObject.Unwrap(given) is not (null or PSCustomObject or IDictionary))
        {
            // Null and an object without properties are the empty rows of a source, and bring nothing.
            WithoutTime = WithoutTime is var (count, first) ? (count + 1, first) : (1, given);
        }
    }

    private void Add(Row row, double t)
    {
        foreach (string name in row.Names.Where(name => !s_timeNames.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            DataValue value = NumberOf(PowerShellValue.Read(Members.Get(row.Given, name)));
            if (value.Kind != DataKind.Null)
            {
                _columns.Add(name);
                Add(name, t, value);
            }
        }
    }

    /// <summary>The number that a text is: all cells of Import-Csv are texts.</summary>
    private static DataValue NumberOf(DataValue value)
        => value.Kind == DataKind.Text && double.TryParse(value.AsText(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? DataValue.From(number) : value;

    private void Add(string series, double t, DataValue value) => Of(series).Add(t, value);

    private ChartSeriesBuilder Of(string name) => _series.TryGetValue(name, out ChartSeriesBuilder? known) ? known : _series[name] = new(name);

    /// <summary>An object with a time and values.</summary>
    private readonly record struct Row(object? Given, string[] Names, string TimeName);
}

using System.Globalization;
using ConnectorDb.Core.Charts;
using ConnectorDb.PowerShell.Values;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Commands.Charts;

/// <summary>Collects series from objects of the pipeline: datapoints, summaries, and rows with a time and numbers.</summary>
internal sealed class PipelineSeries
{
    private static readonly string[] s_timeNames = ["Time", "Timestamp", "t", "Date", "DateTime"];
    private readonly Dictionary<string, ChartSeriesBuilder> _series = [];
    private readonly TimestampRows<Row> _rows;

    public PipelineSeries()
        => _rows = new(new TimestampParser(), Add, (row, reason) => throw new InvalidValueException($"The property '{row.TimeName}' is not a time. {reason}", row.Given));

    /// <summary>The series by name, each in order of time.</summary>
    public IEnumerable<ChartSeries> All => _series.Values.Select(series => series.Build());

    /// <exception cref="InvalidValueException">The object has no time.</exception>
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

    /// <summary>Adds the rows whose times depend on those after them.</summary>
    /// <exception cref="InvalidValueException">A time is in the hour that occurs twice, and the order of the rows does not tell which one it is.</exception>
    public void Complete() => _rows.Complete();

    private void AddObject(object? given)
    {
        string[] names = given is null ? [] : [.. Members.Names(given)];
        string timeName = Array.Find(s_timeNames, name => names.Contains(name, StringComparer.OrdinalIgnoreCase))
            ?? throw new InvalidValueException("An object has no time: it has no property Time, Timestamp, t, Date or DateTime. Pipe streams, datapoints, or the rows of a dataset.", given);
        TimeText.AddProperty(_rows, Members.Get(given, timeName), new Row(given, names, timeName));
    }

    private void Add(Row row, double t)
    {
        foreach (string name in row.Names.Where(name => !s_timeNames.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            DataValue value = NumberOf(PowerShellValue.Read(Members.Get(row.Given, name)));
            if (value.IsNumber || value.Kind == DataKind.Boolean)
            {
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

using ConnectorDb.Core.Influx;
using ConnectorDb.Core.InfluxQl.Results;

namespace ConnectorDb.Core.InfluxQl.Sources;

/// <summary>A series of the result of a subquery. Its columns are fields.</summary>
internal sealed class ResultSeries : InputSeries
{
    private readonly InfluxSeriesResult _result;
    private readonly Dictionary<string, FieldKind> _fields = new(StringComparer.Ordinal);

    public ResultSeries(InfluxSeriesResult result)
        : base(new SeriesKey(result.Name!, result.Tags ?? []))
    {
        _result = result;
        for (int column = 1; column < result.Columns.Count; column++)
        {
            int at = column;
            _fields[result.Columns[column]] = result.Rows.Select(row => row[at]).FirstOrDefault(value => !value.IsNull).Kind switch
            {
                DataKind.Text => FieldKind.Text,
                DataKind.Boolean => FieldKind.Boolean,
                _ => FieldKind.Number,
            };
        }
    }

    public override IReadOnlyDictionary<string, FieldKind> Fields => _fields;

    public override FieldPoints Read(string field, TimeRange range, long? most)
    {
        int column = _result.Columns.Skip(1).ToList().IndexOf(field) + 1;
        (long Time, DataValue Value)[] points = column == 0 ? [] :
        [
            .. _result.Rows.Select(row => (Time: row[0].AsInteger(), Value: row[column])).Where(point => !point.Value.IsNull && range.Contains(point.Time)).OrderBy(point => point.Time),
        ];
        return new FieldPoints(Array.ConvertAll(points, point => point.Time), Array.ConvertAll(points, point => point.Value));
    }
}

using ConnectorDb.Core.Influx;
using ConnectorDb.Core.InfluxQl.Results;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>The points that <c>INTO</c> makes of a result.</summary>
public static class ResultPoints
{
    /// <param name="result">The result of the statement.</param>
    /// <param name="label">The label of the database and retention policy to which the points belong.</param>
    /// <param name="measurement">Null for the measurements of the result.</param>
    public static LineBatch Of(InfluxResult result, string label, string? measurement)
    {
        ArgumentNullException.ThrowIfNull(result);
        LineBatch batch = new(label);
        foreach (InfluxSeriesResult series in result.Series)
        {
            SeriesKey key = new(measurement ?? series.Name ?? "", [.. (series.Tags ?? []).Where(tag => tag.Value.Length > 0)]);
            foreach (DataValue[] row in series.Rows)
            {
                LineField[] fields = [.. row.Skip(1).Select((value, i) => FieldOf(series.Columns[i + 1], value)).OfType<LineField>()];
                if (fields.Length > 0)
                {
                    batch.Add(key, row[0].AsInteger(), fields);
                }
            }
        }

        batch.Complete();
        return batch;
    }

    /// <summary>The statement's own result: how many points it has written.</summary>
    public static InfluxResult Written(int count)
        => new([new InfluxSeriesResult("result", null, ["time", "written"], [[DataValue.From(0L), DataValue.From((long)count)]]) { HasTimes = true }]);

    private static LineField? FieldOf(string name, DataValue value) => value.Kind switch
    {
        DataKind.Null => null,
        DataKind.Integer => new LineField(name, FieldType.Integer, 0, value.AsInteger(), null),
        DataKind.Number => new LineField(name, FieldType.Float, value.AsDouble(), 0, null),
        DataKind.Boolean => new LineField(name, FieldType.Boolean, 0, value.AsBoolean() ? 1 : 0, null),
        _ => new LineField(name, FieldType.String, 0, 0, value.AsText()),
    };
}

using System.Buffers;
using System.Globalization;
using System.Text;
using ConnectorDb.Core.InfluxQl.Evaluation;

namespace ConnectorDb.Core.InfluxQl.Results;

/// <summary>Writes results as the CSV of InfluxDB. Errors of statements have no place in it.</summary>
/// <param name="output">The destination.</param>
/// <param name="epoch">The parameter <c>epoch</c> of the request; nanoseconds without it.</param>
public sealed class ResultCsv(IBufferWriter<byte> output, string epoch)
{
    private readonly ResultTime _time = ResultTime.Of(epoch.Length == 0 ? "ns" : epoch);
    private IReadOnlyList<string>? _columns;

    public void Write(InfluxResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        IReadOnlyList<string>? columns = null;
        foreach (InfluxSeriesResult series in result.Series)
        {
            if (columns is null || !columns.SequenceEqual(series.Columns))
            {
                Write(_columns is null ? "" : "\n");
                _columns = columns = series.Columns;
                Line([.. series.Columns.Prepend("tags").Prepend("name")]);
            }

            string tags = string.Join(',', (series.Tags ?? []).Where(tag => tag.Value.Length > 0).Select(tag => $"{SeriesText.Escaped(tag.Key)}={SeriesText.Escaped(tag.Value)}"));
            foreach (DataValue[] row in series.Rows)
            {
                Line([series.Name ?? "", tags, .. row.Select((value, i) => i == 0 && series.HasTimes ? _time.Text(value.AsInteger(), null) : Text(value))]);
            }
        }
    }

    private static string Text(DataValue value) => value.Kind switch
    {
        DataKind.Null => "",
        DataKind.Integer => value.AsInteger().ToString(CultureInfo.InvariantCulture),
        DataKind.Number => GoNumber.Text(value.AsDouble(), hasExponents: false),
        DataKind.Boolean => value.AsBoolean() ? "true" : "false",
        DataKind.Text => value.AsText(),
        _ => value.ToJson(),
    };

    private void Line(string[] fields) => Write($"{string.Join(',', fields.Select(Quoted))}\n");

    private static string Quoted(string field)
        => field.AsSpan().ContainsAny(",\"\r\n") || (field.Length > 0 && char.IsWhiteSpace(field[0])) ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private void Write(string text) => Encoding.UTF8.GetBytes(text, output);
}

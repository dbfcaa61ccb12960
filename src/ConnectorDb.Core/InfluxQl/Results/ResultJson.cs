using System.Buffers;
using System.Globalization;
using System.Text;

namespace ConnectorDb.Core.InfluxQl.Results;

/// <summary>Writes results as the JSON of InfluxDB, with its escapes and numbers.</summary>
/// <param name="output">The destination.</param>
/// <param name="epoch">The parameter <c>epoch</c> of the request.</param>
public sealed class ResultJson(IBufferWriter<byte> output, string epoch)
{
    private readonly ResultTime _time = ResultTime.Of(epoch);
    private InfluxSeriesResult _series = new(null, null, [], []);
    private bool _hasRows;

    /// <summary>The start of a document, before its results.</summary>
    public void Begin() => Write("{\"results\":[");

    public void End() => Write("]}\n");

    /// <summary>A document without results.</summary>
    public void Nothing() => Write("{}\n");

    public void Separate() => Write(",");

    /// <summary>The start of a result, before its series.</summary>
    /// <param name="number">The number of the statement.</param>
    public void BeginResult(int number, bool hasSeries)
        => Write(string.Create(CultureInfo.InvariantCulture, $"{{\"statement_id\":{number}{(hasSeries ? ",\"series\":[" : "")}"));

    /// <param name="isPartial">More of the statement follows in the next document.</param>
    public void EndResult(InfluxResult result, bool hasSeries, bool isPartial)
    {
        ArgumentNullException.ThrowIfNull(result);
        Write(hasSeries ? "]" : "");
        if (result.Warning is { } warning)
        {
            Write(",\"messages\":[{\"level\":\"warning\",\"text\":");
            Text(warning);
            Write("}]");
        }

        if (result.Error is { } error)
        {
            Write(",\"error\":");
            Text(error);
        }

        Write(isPartial ? ",\"partial\":true}" : "}");
    }

    /// <summary>The start of a series, before its rows.</summary>
    public void BeginSeries(InfluxSeriesResult series)
    {
        ArgumentNullException.ThrowIfNull(series);
        Write("{");
        if (series.Name is { } name)
        {
            Write("\"name\":");
            Text(name);
            Write(",");
        }

        if (series.Tags is { } tags)
        {
            Write("\"tags\":{");
            List(tags, tag =>
            {
                Text(tag.Key);
                Write(":");
                Text(tag.Value);
            });
            Write("},");
        }

        Write("\"columns\":[");
        List(series.Columns, Text);
        Write("]");
        (_series, _hasRows) = (series, false);
    }

    public void AddRows(IEnumerable<DataValue[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (DataValue[] row in rows)
        {
            Write(_hasRows ? "," : ",\"values\":[");
            Row(row);
            _hasRows = true;
        }
    }

    /// <param name="isPartial">More rows follow in the next document.</param>
    public void EndSeries(bool isPartial)
    {
        Write(_hasRows ? "]" : "");
        Write(isPartial ? ",\"partial\":true}" : "}");
    }

    private void Row(DataValue[] row)
    {
        Write("[");
        for (int i = 0; i < row.Length; i++)
        {
            Write(i == 0 ? "" : ",");
            if (i == 0 && _series.HasTimes)
            {
                string time = _time.Text(row[0].AsInteger(), _series.Zone);
                Write(_time.Unit > 0 ? time : $"\"{time}\"");
            }
            else
            {
                Value(row[i]);
            }
        }

        Write("]");
    }

    private void Value(DataValue value)
    {
        switch (value.Kind)
        {
            case DataKind.Integer:
                Write(value.AsInteger().ToString(CultureInfo.InvariantCulture));
                break;
            case DataKind.Number:
                Write(double.IsFinite(value.AsDouble()) ? GoNumber.Text(value.AsDouble(), hasExponents: true) : "null");
                break;
            case DataKind.Boolean:
                Write(value.AsBoolean() ? "true" : "false");
                break;
            case DataKind.Null:
                Write("null");
                break;
            default:
                Text(value.Kind == DataKind.Text ? value.AsText() : value.ToJson());
                break;
        }
    }

    private void List<T>(IEnumerable<T> items, Action<T> write)
    {
        bool isFirst = true;
        foreach (T item in items)
        {
            Write(isFirst ? "" : ",");
            write(item);
            isFirst = false;
        }
    }

    private void Text(string text)
    {
        StringBuilder escaped = new("\"");
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => escaped.Append(c),
            };
        }

        Write(escaped.Append('"').ToString());
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, output);
}

using System.Globalization;
using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Influx;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Sinks.InfluxDb;

/// <summary>
/// Formats points in the line protocol of InfluxDB: <c>measurement,tag=v field=1.5,other=3i,text="s",flag=t 1556813561098000000</c>.
/// https://docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference/
/// </summary>
/// <param name="tags">The default tags of all points.</param>
/// <param name="floatsOnly">Write integers as floats.</param>
/// <param name="names">The rules for names.</param>
internal sealed class LineProtocol(IReadOnlyDictionary<string, string> tags, bool floatsOnly, LineNames names)
{
    private const string Value = "value";
    private static readonly DataObject s_none = new();
    private readonly FieldTypes _types = new();

    public FieldTypes Types => _types;

    /// <summary>Plans the types of the fields that a write will contain.</summary>
    public void Plan(IReadOnlyList<SinkBatch> batches)
    {
        _types.ForgetPlan();
        foreach (SinkBatch batch in batches)
        {
            bool asFloats = IsOfFloats(batch);
            for (int i = 0; i < batch.Count; i++)
            {
                foreach ((string name, DataValue value) in PointOf(batch, i).Fields.Members)
                {
                    if (FieldTypes.TypeOf(value, asFloats) is { } type)
                    {
                        _types.Plan(batch.Channel.Name, name, type);
                    }
                }
            }
        }
    }

    /// <summary>The line of one entry, or the reason why InfluxDB cannot store it.</summary>
    public (byte[] Line, string? Fault) Write(SinkBatch batch, int index)
    {
        string measurement = batch.Channel.Name;
        if (LineNames.FaultOfMeasurement(measurement) is { } fault)
        {
            return ([], fault);
        }

        double t = batch.Points.Times.Span[index];
        if (Nanoseconds.Of(t) is not { } time)
        {
            return ([], "Its time is not between 1677-09-22 and 2262-04-11, the limits of InfluxDB.");
        }

        StringBuilder line = new();
        LineNames.AppendMeasurement(line, measurement);
        LogPoint point = PointOf(batch, index);
        fault = AppendTags(line, point.Tags) ?? AppendFields(line, measurement, point.Fields, IsOfFloats(batch));
        line.Append(CultureInfo.InvariantCulture, $" {time}\n");
        return fault is null ? (Encoding.UTF8.GetBytes(line.ToString()), null) : ([], fault);
    }

    private static LogPoint PointOf(SinkBatch batch, int index)
    {
        double t = batch.Points.Times.Span[index];
        DataValue value = batch.Points.Values[index];
        return batch.Channel.Kind switch
        {
            ChannelKind.Measurement => LogPoint.Read(value),
            ChannelKind.Events => PointOf(LogEvent.Read(t, value), t),
            _ => new LogPoint(FieldsOf(value), TagsOf(batch.Channel)),
        };
    }

    private static LogPoint PointOf(LogEvent occurrence, double t)
        => new(new DataObject(new("duration", DataValue.From(occurrence.Stop - t)), new("text", DataValue.From(occurrence.Text))), occurrence.Tags);

    // InfluxDB fixes the type of a field at its first value. A stream of numbers must not begin with an integer.
    private bool IsOfFloats(SinkBatch batch)
        => floatsOnly || (batch.Channel.Kind == ChannelKind.Stream && (batch.Channel.Definition?.Schema?.Contains("\"number\"", StringComparison.Ordinal) ?? false));

    private static DataObject TagsOf(LogChannel channel)
        => channel.PointTags is { } tags ? new DataObject([.. tags.Select(tag => KeyValuePair.Create(tag.Key, DataValue.From(tag.Value)))]) : s_none;

    private static DataObject FieldsOf(DataValue value)
        => value.Kind is DataKind.Object or DataKind.Array
            ? new DataObject([.. ObjectFields.Of("", value)])
            : new DataObject(new KeyValuePair<string, DataValue>(Value, value));

    /// <summary>Appends the tags that are not empty, because InfluxDB rejects empty ones.</summary>
    private string? AppendTags(StringBuilder line, DataObject own)
    {
        Dictionary<string, string> all = new(tags, StringComparer.Ordinal);
        foreach ((string name, DataValue value) in own.Members)
        {
            all[name] = value.Kind switch
            {
                DataKind.Null => "",
                DataKind.Text => value.AsText(),
                _ => value.ToJson(),
            };
        }

        foreach ((string name, string text) in all.Where(tag => tag.Value.Length > 0).OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            if (names.FaultOfTag(name, text) is { } fault)
            {
                return fault;
            }

            line.Append(',');
            LineNames.AppendName(line, name);
            line.Append('=');
            LineNames.AppendName(line, text);
        }

        return null;
    }

    private string? AppendFields(StringBuilder line, string measurement, DataObject fields, bool asFloats)
    {
        char separator = ' ';
        HashSet<string> written = new(StringComparer.Ordinal);
        foreach ((string name, DataValue value) in fields.Where(field => !field.Value.IsNull))
        {
            FieldType type = _types.Of(measurement, name) ?? FieldTypes.TypeOf(value, asFloats)!.Value;
            if (names.FaultOfField(name) is { } fault)
            {
                return fault;
            }

            if (!written.Add(name))
            {
                return $"It has two fields '{name}', of which InfluxDB would keep one.";
            }

            if (FieldText.Of(value, type) is not { } text)
            {
                return FieldText.Fault(measurement, name, value, type);
            }

            line.Append(separator);
            LineNames.AppendName(line, name);
            line.Append('=').Append(text);
            separator = ',';
        }

        return separator == ' ' ? "It has no value that InfluxDB can store: a number, boolean or text." : null;
    }
}

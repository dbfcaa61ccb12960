using System.Globalization;
using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Sinks.InfluxDb;

/// <summary>
/// Formats points in the line protocol of InfluxDB: <c>measurement,tag=v field=1.5,other=3i,text="s",flag=t 1556813561098000000</c>.
/// https://docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference/
/// </summary>
/// <param name="tags">The default tags of all points.</param>
/// <param name="floatsOnly">Write integers as floats.</param>
internal sealed class LineProtocol(IReadOnlyDictionary<string, string> tags, bool floatsOnly)
{
    private const string Value = "value";
    private const long NanosecondsInTick = 100;
    private static readonly DataObject s_none = new();

    /// <summary>The line of one entry; empty when it has no field that InfluxDB can store.</summary>
    public byte[] Write(SinkBatch batch, int index)
    {
        double t = batch.Points.Times.Span[index];
        DataValue value = batch.Points.Values[index];
        return batch.Channel.Kind switch
        {
            ChannelKind.Measurement => Write(batch.Channel.Name, LogPoint.Read(value), t, floatsOnly),
            ChannelKind.Events => Write(batch.Channel.Name, PointOf(LogEvent.Read(t, value), t), t, floatsOnly),
            _ => Write(batch.Channel.Name, new LogPoint(FieldsOf(value), TagsOf(batch.Channel)), t, floatsOnly || IsOfNumbers(batch.Channel)),
        };
    }

    // InfluxDB fixes the type of a field at its first value. A stream of numbers must not begin with an integer.
    private static bool IsOfNumbers(LogChannel channel)
        => channel.Definition?.Schema?.Contains("\"number\"", StringComparison.Ordinal) ?? false;

    private static DataObject TagsOf(LogChannel channel)
        => channel.PointTags is { } tags ? new DataObject([.. tags.Select(tag => KeyValuePair.Create(tag.Key, DataValue.From(tag.Value)))]) : s_none;

    private static DataObject FieldsOf(DataValue value)
        => value.Kind is DataKind.Object or DataKind.Array
            ? new DataObject([.. ObjectFields.Of("", value)])
            : new DataObject(new KeyValuePair<string, DataValue>(Value, value));

    private static LogPoint PointOf(LogEvent occurrence, double t)
        => new(new DataObject(new("duration", DataValue.From(occurrence.Stop - t)), new("text", DataValue.From(occurrence.Text))), occurrence.Tags);

    private byte[] Write(string measurement, LogPoint point, double t, bool asFloats)
    {
        StringBuilder line = new();
        AppendEscaped(line, measurement, ", ");
        foreach ((string name, string text) in TagsOf(point).OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            line.Append(',');
            AppendEscaped(line, name, ",= ");
            line.Append('=');
            AppendEscaped(line, text, ",= ");
        }

        char separator = ' ';
        foreach ((string name, DataValue value) in point.Fields.Members)
        {
            if (FieldText(value, asFloats) is { } text && name.Length > 0)
            {
                line.Append(separator);
                AppendEscaped(line, name, ",= ");
                line.Append('=').Append(text);
                separator = ',';
            }
        }

        if (separator == ' ')
        {
            return [];
        }

        long ticks = UnixTime.ToDateTimeOffset(t).UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        line.Append(' ').Append((ticks * NanosecondsInTick).ToString(CultureInfo.InvariantCulture)).Append('\n');
        return Encoding.UTF8.GetBytes(line.ToString());
    }

    /// <summary>The non-empty tags; InfluxDB rejects empty ones.</summary>
    private Dictionary<string, string> TagsOf(LogPoint point)
    {
        Dictionary<string, string> all = new(tags, StringComparer.Ordinal);
        foreach ((string name, DataValue value) in point.Tags.Members)
        {
            all[name] = value.Kind switch
            {
                DataKind.Null => "",
                DataKind.Text => value.AsText(),
                _ => value.ToJson(),
            };
        }

        return all.Where(tag => tag.Key.Length > 0 && tag.Value.Length > 0).ToDictionary(StringComparer.Ordinal);
    }

    private static string? FieldText(DataValue value, bool asFloats) => value.Kind switch
    {
        DataKind.Null => null,
        DataKind.Boolean => value.AsBoolean() ? "t" : "f",
        DataKind.Integer when !asFloats => $"{value.AsInteger().ToString(CultureInfo.InvariantCulture)}i",
        DataKind.Integer or DataKind.Number => double.IsFinite(value.AsDouble()) ? value.AsDouble().ToString("R", CultureInfo.InvariantCulture) : null,
        DataKind.Text => Quoted(value.AsText()),
        _ => Quoted(value.ToJson()),
    };

    private static string Quoted(string text)
        => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    // A line break cannot be escaped outside a quoted string, and a trailing backslash would escape the separator after it.
    private static void AppendEscaped(StringBuilder line, string text, string special)
    {
        foreach (char c in text)
        {
            if (c is '\n' or '\r')
            {
                line.Append("\\ ");
                continue;
            }

            if (special.Contains(c, StringComparison.Ordinal))
            {
                line.Append('\\');
            }

            line.Append(c);
        }

        if (text.EndsWith('\\'))
        {
            line.Append("\\ ");
        }
    }
}

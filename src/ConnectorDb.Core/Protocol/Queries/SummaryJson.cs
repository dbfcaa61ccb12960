using System.Text.Json;

namespace ConnectorDb.Core.Protocol.Queries;

/// <summary>Converts the summary of a range, the response to <c>?q=summary</c>, to and from JSON.</summary>
public static class SummaryJson
{
    public static void Write(Utf8JsonWriter writer, StreamSummary summary)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(summary);
        writer.WriteStartObject();
        writer.WriteNumber("count", summary.Count);
        DataQueryJson.WriteNumber(writer, "t1", summary.FirstT);
        DataQueryJson.WriteNumber(writer, "t2", summary.LastT);
        writer.WriteNumber("numbers", summary.Numbers);
        Write(writer, "min", summary.Minimum);
        Write(writer, "max", summary.Maximum);
        Write(writer, "sum", summary.Sum);
        writer.WriteEndObject();
    }

    /// <exception cref="InvalidValueException">The JSON is not a summary.</exception>
    public static StreamSummary Read(JsonFields fields, CdbPath stream)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(stream);
        return new StreamSummary
        {
            Stream = stream.ToString(),
            Count = fields.Integer("count") ?? throw new InvalidValueException("A summary needs a 'count'.", null),
            FirstT = fields.Number("t1"),
            LastT = fields.Number("t2"),
            Numbers = fields.Integer("numbers") ?? 0,
            Minimum = DoubleJson.Read(fields, "min"),
            Maximum = DoubleJson.Read(fields, "max"),
            Sum = DoubleJson.Read(fields, "sum"),
        };
    }

    private static void Write(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } given)
        {
            writer.WritePropertyName(name);
            DoubleJson.Write(writer, given);
        }
    }
}

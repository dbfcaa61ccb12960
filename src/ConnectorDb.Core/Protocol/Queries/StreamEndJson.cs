using System.Buffers;
using System.Text;
using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Core.Protocol.Queries;

/// <summary>The ends of several streams: a list of paths is asked for, a list of <c>{"count", "last": datapoint}</c> or null comes back.</summary>
public static class StreamEndJson
{
    public static void WritePaths(Utf8JsonWriter writer, IReadOnlyList<CdbPath> streams)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(streams);
        writer.WriteStartArray();
        foreach (CdbPath stream in streams)
        {
            writer.WriteStringValue(stream.ToString());
        }

        writer.WriteEndArray();
    }

    /// <exception cref="InvalidValueException">The items are not paths.</exception>
    public static CdbPath[] ReadPaths(DataValue[] items)
        => Array.ConvertAll(items, item => item.Kind == DataKind.Text ? CdbPath.Parse(item.AsText()) : throw new InvalidValueException("The streams come as an array of paths.", null));

    public static void Write(Utf8JsonWriter writer, StreamEnd? end)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (end is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber("count", end.Count);
        if (end.Last is { } last)
        {
            BlockBuilder builder = new(1);
            builder.Add(last.T, last.GetValue(), last.Origin);
            writer.WritePropertyName("last");
            DatapointWriter.Write(writer, builder.Build());
        }

        writer.WriteEndObject();
    }

    /// <exception cref="InvalidValueException">The value is not an end.</exception>
    public static StreamEnd? Read(DataValue value, CdbPath stream)
    {
        if (value.IsNull)
        {
            return null;
        }

        JsonFields fields = JsonFields.Of(value, "The end of a stream");
        Datapoint? last = fields.Value("last") is { } point
            ? DatapointReader.ReadAll(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes($"[{point.ToJson()}]")), DatapointDirection.Answer, stream).At(0, stream)
            : null;
        return new StreamEnd(fields.Integer("count") ?? 0, last);
    }
}

using System.Text.Json;
using ConnectorDb.Core.Protocol.Tree;

namespace ConnectorDb.Core.Protocol.Queries;

/// <summary>Converts the query of one stream, part of a merge or dataset, to and from JSON.</summary>
public static class DataQueryJson
{
    public static void Write(Utf8JsonWriter writer, DataQuery query)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(query);
        writer.WriteStartObject();
        WriteFields(writer, query);
        writer.WriteEndObject();
    }

    /// <summary>Writes the queries of a merge.</summary>
    public static void WriteAll(Utf8JsonWriter writer, IReadOnlyList<DataQuery> queries)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(queries);
        writer.WriteStartArray();
        foreach (DataQuery query in queries)
        {
            Write(writer, query);
        }

        writer.WriteEndArray();
    }

    /// <exception cref="InvalidValueException">A field has the wrong type, or the stream is missing.</exception>
    /// <exception cref="InvalidNameException">The path is invalid.</exception>
    public static DataQuery Read(JsonFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return TryRead(fields) ?? throw new InvalidValueException("A stream query needs a 'stream': user/device/stream.", null);
    }

    /// <summary>Reads the queries of a merge.</summary>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<DataQuery> ReadAll(DataValue[] queries)
        => Array.ConvertAll(queries, query => Read(JsonFields.Of(query, "A query of a merge")));

    /// <summary>The query in the fields, or null when they contain no stream.</summary>
    internal static DataQuery? TryRead(JsonFields fields)
    {
        WireRange range = new(fields.Integer("i1"), fields.Integer("i2"), fields.Number("t1"), fields.Number("t2"), fields.Integer("limit"));
        string? transform = fields.Text("transform");
        return fields.Text("stream") is { Length: > 0 } stream
            ? range.ApplyTo(new DataQuery(CdbPath.Parse(stream)) { Transform = string.IsNullOrEmpty(transform) ? null : transform })
            : null;
    }

    internal static void WriteFields(Utf8JsonWriter writer, DataQuery query)
    {
        WireRange range = WireRange.Of(query);
        writer.WriteString("stream", query.Stream.ToString());
        WriteNumber(writer, "i1", range.I1);
        WriteNumber(writer, "i2", range.I2);
        WriteNumber(writer, "t1", range.T1);
        WriteNumber(writer, "t2", range.T2);
        WriteNumber(writer, "limit", range.Limit);
        writer.WriteIfGiven("transform", query.Transform);
    }

    internal static void WriteNumber(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } given)
        {
            writer.WriteNumber(name, given);
        }
    }

    internal static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } given)
        {
            writer.WriteNumber(name, given);
        }
    }
}

using System.Text.Json;
using ConnectorDb.Fields;

namespace ConnectorDb.Core.Protocol.Tree;

/// <summary>Converts stream definitions to and from JSON.</summary>
public static class StreamDefinitionJson
{
    public static void Write(Utf8JsonWriter writer, StreamDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(definition);
        writer.WriteStartObject();
        writer.WriteFields(StreamFields.All, definition);
        writer.WriteEndObject();
    }

    /// <summary>Reads a stream to create; unknown fields are ignored.</summary>
    /// <exception cref="InvalidValueException">A field has the wrong type.</exception>
    public static StreamDefinition ReadNew(JsonFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        StreamDefinition definition = fields.Read(StreamFields.All);

        // ConnectorDB 0.3 allows an empty schema.
        return definition.Schema is "" ? definition with { Schema = "{}" } : definition;
    }

    /// <summary>Reads changes to a stream; unknown fields are refused.</summary>
    /// <exception cref="InvalidValueException">A field has the wrong type, or cannot be changed.</exception>
    public static StreamDefinition ReadChanges(JsonFields fields, CdbPath path)
    {
        ArgumentNullException.ThrowIfNull(fields);
        StreamDefinition changes = ReadNew(fields);
        fields.CheckName(path);
        fields.RefuseOthers();
        fields.RefuseNulls();
        return changes;
    }

    internal static void WriteAll(Utf8JsonWriter writer, IReadOnlyDictionary<string, StreamDefinition>? streams)
    {
        if (streams is null)
        {
            return;
        }

        writer.WriteStartObject("streams");
        foreach ((string name, StreamDefinition stream) in streams)
        {
            writer.WritePropertyName(name);
            Write(writer, stream);
        }

        writer.WriteEndObject();
    }
}

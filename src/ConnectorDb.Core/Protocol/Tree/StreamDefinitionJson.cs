using System.Text.Json;

namespace ConnectorDb.Core.Protocol.Tree;

/// <summary>What to make, or to change, of a stream, on the wire.</summary>
public static class StreamDefinitionJson
{
    public static void Write(Utf8JsonWriter writer, StreamDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(definition);
        writer.WriteStartObject();
        writer.WriteIfGiven("nickname", definition.Nickname);
        writer.WriteIfGiven("description", definition.Description);
        writer.WriteIfGiven("icon", definition.Icon);
        writer.WriteIfGiven("schema", definition.Schema);
        writer.WriteIfGiven("datatype", definition.Datatype);
        writer.WriteIfGiven("ephemeral", definition.Ephemeral);
        writer.WriteIfGiven("downlink", definition.Downlink);
        writer.WriteEndObject();
    }

    /// <summary>Reads what to make; other fields are ignored.</summary>
    /// <exception cref="InvalidValueException">A field has a value of the wrong kind.</exception>
    public static StreamDefinition ReadNew(JsonFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return new StreamDefinition
        {
            Nickname = fields.Text("nickname"),
            Description = fields.Text("description"),
            Icon = fields.Text("icon"),
            Schema = fields.Text("schema") is { Length: 0 } ? "{}" : fields.Text("schema"),
            Datatype = fields.Text("datatype"),
            Ephemeral = fields.Flag("ephemeral"),
            Downlink = fields.Flag("downlink"),
        };
    }

    /// <summary>Reads what to change; other fields are refused.</summary>
    /// <exception cref="InvalidValueException">A field has a value of the wrong kind, or cannot be changed.</exception>
    public static StreamDefinition ReadChanges(JsonFields fields, CdbPath path)
    {
        ArgumentNullException.ThrowIfNull(fields);
        StreamDefinition changes = ReadNew(fields);
        fields.CheckName(path);
        fields.RefuseOthers();
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

using System.Text.Json;
using ConnectorDb.Fields;

namespace ConnectorDb.Core.Protocol.Tree;

/// <summary>Converts device definitions to and from JSON.</summary>
public static class DeviceDefinitionJson
{
    public static void Write(Utf8JsonWriter writer, DeviceDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(definition);
        writer.WriteStartObject();
        writer.WriteFields(DeviceFields.All, definition);
        StreamDefinitionJson.WriteAll(writer, definition.Streams);
        writer.WriteEndObject();
    }

    /// <summary>Reads a device to create; unknown fields are ignored.</summary>
    /// <exception cref="InvalidValueException">A field has the wrong type.</exception>
    public static DeviceDefinition ReadNew(JsonFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return Read(fields, withChildren: true);
    }

    /// <summary>Reads changes to a device; unknown fields are refused.</summary>
    /// <exception cref="InvalidValueException">A field has the wrong type, or cannot be changed.</exception>
    public static DeviceDefinition ReadChanges(JsonFields fields, CdbPath path)
    {
        ArgumentNullException.ThrowIfNull(fields);
        DeviceDefinition changes = Read(fields, withChildren: false);
        fields.CheckName(path);
        fields.RefuseOthers();
        fields.RefuseNulls();
        return changes;
    }

    private static DeviceDefinition Read(JsonFields fields, bool withChildren) => fields.Read(DeviceFields.All) with
    {
        Streams = withChildren ? fields.Objects("streams", StreamDefinitionJson.ReadNew) : null,
    };
}

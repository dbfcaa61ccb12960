using System.Text.Json;
using ConnectorDb.Fields;

namespace ConnectorDb.Core.Protocol.Tree;

/// <summary>Converts user definitions to and from JSON.</summary>
public static class UserDefinitionJson
{
    private const string OldPassword = "old_password";

    public static void Write(Utf8JsonWriter writer, UserDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(definition);
        writer.WriteStartObject();
        writer.WriteFields(UserFields.All, definition);
        writer.WriteIfGiven(OldPassword, definition.OldPassword);
        if (definition.Devices is { } devices)
        {
            writer.WriteStartObject("devices");
            foreach ((string name, DeviceDefinition device) in devices)
            {
                writer.WritePropertyName(name);
                DeviceDefinitionJson.Write(writer, device);
            }

            writer.WriteEndObject();
        }

        StreamDefinitionJson.WriteAll(writer, definition.Streams);
        writer.WriteEndObject();
    }

    /// <summary>Reads a user to create; unknown fields are ignored.</summary>
    /// <exception cref="InvalidValueException">A field has the wrong type.</exception>
    public static UserDefinition ReadNew(JsonFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return Read(fields, withChildren: true);
    }

    /// <summary>Reads changes to a user; unknown fields are refused.</summary>
    /// <exception cref="InvalidValueException">A field has the wrong type, or cannot be changed.</exception>
    public static UserDefinition ReadChanges(JsonFields fields, CdbPath path)
    {
        ArgumentNullException.ThrowIfNull(fields);
        UserDefinition changes = Read(fields, withChildren: false) with { OldPassword = fields.Text(OldPassword) };
        fields.CheckName(path);
        fields.RefuseOthers();
        fields.RefuseNulls();
        return changes;
    }

    private static UserDefinition Read(JsonFields fields, bool withChildren) => fields.Read(UserFields.All) with
    {
        Devices = withChildren ? fields.Objects("devices", DeviceDefinitionJson.ReadNew) : null,
        Streams = withChildren ? fields.Objects("streams", StreamDefinitionJson.ReadNew) : null,
    };
}

using System.Text.Json;
using ConnectorDb.Fields;

namespace ConnectorDb.Core.Protocol.Tree;

/// <summary>The JSON fields that users, devices and streams share.</summary>
internal static class TreeFields
{
    public static string Name(this JsonFields fields)
        => fields.Text("name") ?? throw new InvalidValueException("A user, device or stream needs a 'name'.", null);

    public static void WriteIfGiven(this Utf8JsonWriter writer, string name, object? value)
    {
        if (value is bool flag)
        {
            writer.WriteBoolean(name, flag);
        }
        else if (value is string text)
        {
            writer.WriteString(name, text);
        }
        else if (value is LabelSet labels)
        {
            writer.WriteStartObject(name);
            foreach ((string key, string label) in labels)
            {
                writer.WriteString(key, label);
            }

            writer.WriteEndObject();
        }
    }

    /// <summary>Writes the fields that a definition sets.</summary>
    public static void WriteFields<T>(this Utf8JsonWriter writer, FieldTable<T> table, T definition)
        where T : class, new()
    {
        foreach (Field<T> field in table)
        {
            writer.WriteIfGiven(field.Name, field.Get(definition));
        }
    }

    /// <summary>Reads the fields of a definition.</summary>
    public static T Read<T>(this JsonFields fields, FieldTable<T> table)
        where T : class, new()
        => table.Read(field => field.Default switch
        {
            bool => fields.Flag(field.Name),
            LabelSet => fields.Value(field.Name) is { } labels ? LabelSet.Read(labels) : null,
            _ => fields.Text(field.Name),
        });

    /// <summary>Names cannot be changed; only the current name is accepted.</summary>
    public static void CheckName(this JsonFields fields, CdbPath path)
    {
        if (fields.Text("name") is { } name && name != path.Name)
        {
            string kind = path.Kind.ToString().ToLowerInvariant();
            throw new InvalidValueException($"ConnectorDB does not support modification of {kind} names: '{path}' stays '{path.Name}'.", path);
        }
    }
}

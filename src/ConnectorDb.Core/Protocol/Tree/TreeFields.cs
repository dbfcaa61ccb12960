using System.Text.Json;

namespace ConnectorDb.Core.Protocol.Tree;

/// <summary>The JSON fields that users, devices and streams share.</summary>
internal static class TreeFields
{
    public static string Name(this JsonFields fields)
        => fields.Text("name") ?? throw new InvalidValueException("A user, device or stream needs a 'name'.", null);

    public static void WriteIfGiven(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    public static void WriteIfGiven(this Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } given)
        {
            writer.WriteBoolean(name, given);
        }
    }

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

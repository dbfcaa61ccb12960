using System.Text.Json;
using ConnectorDb.Contracts;
using ConnectorDb.Fields;

namespace ConnectorDb.Core.Protocol.Tree;

/// <summary>Converts streams to and from JSON; the schema is a string that contains JSON.</summary>
public static class StreamJson
{
    /// <summary>The members in the order of ConnectorDB 0.3, which sorts them by name.</summary>
    private static readonly (string Name, Func<CdbStream, object?> Get)[] s_members =
    [
        .. StreamFields.All.Select(field => (field.Name, (Func<CdbStream, object?>)(stream => field.Get(stream.Fields) ?? field.Default)))
            .Append(("name", stream => stream.Name))
            .Append(("device", stream => stream.GetPath().Device))
            .OrderBy(member => member.Name, StringComparer.Ordinal),
    ];

    /// <param name="withDevice">Includes the device, for lists over several devices.</param>
    /// <param name="withPath">Includes the complete path, for lists over several users.</param>
    public static void Write(Utf8JsonWriter writer, CdbStream stream, bool withDevice = false, bool withPath = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(stream);
        writer.WriteStartObject();
        if (withPath)
        {
            writer.WriteString("path", stream.Path);
        }

        foreach ((string name, Func<CdbStream, object?> get) in s_members)
        {
            // Clients of ConnectorDB 0.3 do not know labels.
            object? value = get(stream);
            writer.WriteIfGiven(name, (name == "device" && !withDevice) || value is LabelSet { Count: 0 } ? null : value);
        }

        writer.WriteEndObject();
    }

    /// <param name="client">The client that the stream asks for its count and newest datapoint.</param>
    /// <exception cref="InvalidValueException">The JSON is not a stream.</exception>
    public static CdbStream Read(JsonFields fields, CdbPath device, ICdbClient client)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(device);
        return new CdbStream(client, device.Child(fields.Name()), StreamDefinitionJson.ReadNew(fields));
    }
}

using System.Text.Json;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Protocol.Tree;

/// <summary>Converts streams to and from JSON; the schema is a string that contains JSON.</summary>
public static class StreamJson
{
    /// <param name="withDevice">Includes the device, for lists over several devices.</param>
    public static void Write(Utf8JsonWriter writer, CdbStream stream, bool withDevice = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(stream);
        writer.WriteStartObject();
        writer.WriteString("datatype", stream.Datatype);
        writer.WriteString("description", stream.Description);
        writer.WriteIfGiven("device", withDevice ? stream.Device : null);
        writer.WriteBoolean("downlink", stream.Downlink);
        writer.WriteBoolean("ephemeral", stream.Ephemeral);
        writer.WriteString("icon", stream.Icon);
        writer.WriteString("name", stream.Name);
        writer.WriteString("nickname", stream.Nickname);
        writer.WriteString("schema", stream.Schema);
        writer.WriteEndObject();
    }

    /// <param name="client">The client that the stream asks for its count and newest datapoint.</param>
    /// <exception cref="InvalidValueException">The JSON is not a stream.</exception>
    public static CdbStream Read(JsonFields fields, CdbPath device, ICdbClient client)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(device);
        return new CdbStream(client)
        {
            Path = device.Child(fields.Name()),
            Nickname = fields.Text("nickname") ?? "",
            Description = fields.Text("description") ?? "",
            Icon = fields.Text("icon") ?? "",
            Schema = fields.Text("schema") is { Length: > 0 } schema ? schema : "{}",
            Datatype = fields.Text("datatype") ?? "",
            Ephemeral = fields.Flag("ephemeral") ?? false,
            Downlink = fields.Flag("downlink") ?? false,
        };
    }
}

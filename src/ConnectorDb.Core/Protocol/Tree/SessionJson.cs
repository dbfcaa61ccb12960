using System.Text.Json;

namespace ConnectorDb.Core.Protocol.Tree;

/// <summary>Converts sessions to and from JSON; times are in unix seconds.</summary>
public static class SessionJson
{
    public static void Write(Utf8JsonWriter writer, CdbSession session)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(session);
        writer.WriteStartObject();
        writer.WriteNumber("id", session.Id);
        writer.WriteString("device", session.Device);
        writer.WriteNumber("created", UnixTime.FromDateTimeOffset(session.Created));
        writer.WriteNumber("used", UnixTime.FromDateTimeOffset(session.LastUsed));
        writer.WriteNumber("expires", UnixTime.FromDateTimeOffset(session.Expires));
        writer.WriteString("address", session.Address);
        writer.WriteString("agent", session.Agent);
        writer.WriteBoolean("current", session.IsCurrent);
        writer.WriteEndObject();
    }

    /// <exception cref="InvalidValueException">The JSON is not a session.</exception>
    public static CdbSession Read(JsonFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return new CdbSession
        {
            Id = fields.Integer("id") ?? throw Lacks("id"),
            Device = fields.Text("device") ?? throw Lacks("device"),
            Created = Time(fields, "created"),
            LastUsed = Time(fields, "used"),
            Expires = Time(fields, "expires"),
            Address = fields.Text("address") ?? "",
            Agent = fields.Text("agent") ?? "",
            IsCurrent = fields.Flag("current") ?? false,
        };
    }

    private static DateTimeOffset Time(JsonFields fields, string name) => UnixTime.ToDateTimeOffset(fields.Number(name) ?? throw Lacks(name));

    private static InvalidValueException Lacks(string name) => new($"A session needs the field '{name}'.", null);
}

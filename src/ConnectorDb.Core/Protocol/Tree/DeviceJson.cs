using System.Text.Json;
using ConnectorDb.Fields;

namespace ConnectorDb.Core.Protocol.Tree;

/// <summary>Converts devices to and from JSON; fields that the caller may not see are omitted.</summary>
public static class DeviceJson
{
    public static void Write(Utf8JsonWriter writer, CdbDevice device) => Write(writer, device, withKey: true);

    /// <param name="withKey">Includes the API key if the caller may see it.</param>
    public static void Write(Utf8JsonWriter writer, CdbDevice device, bool withKey)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(device);
        writer.WriteStartObject();
        writer.WriteIfGiven("apikey", withKey ? device.ApiKey : null);
        writer.WriteString("description", device.Description);
        writer.WriteBoolean("enabled", device.Enabled);
        writer.WriteString("icon", device.Icon);
        writer.WriteString("name", device.Name);
        writer.WriteString("nickname", device.Nickname);
        writer.WriteBoolean("public", device.Public);
        writer.WriteIfGiven("role", device.Role);
        writer.WriteIfGiven("user_editable", device.UserEditable);
        writer.WriteBoolean("visible", device.Visible);
        writer.WriteEndObject();
    }

    /// <exception cref="InvalidValueException">The JSON is not a device.</exception>
    public static CdbDevice Read(JsonFields fields, CdbPath user)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(user);
        return new CdbDevice(user.Child(fields.Name()), fields.Read(DeviceFields.All));
    }
}

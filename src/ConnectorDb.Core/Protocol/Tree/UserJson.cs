using System.Text.Json;
using ConnectorDb.Fields;

namespace ConnectorDb.Core.Protocol.Tree;

/// <summary>Converts users to and from JSON; fields that the caller may not see are omitted.</summary>
public static class UserJson
{
    public static void Write(Utf8JsonWriter writer, CdbUser user)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(user);
        writer.WriteStartObject();
        writer.WriteString("description", user.Description);
        writer.WriteIfGiven("email", user.Email);
        writer.WriteString("icon", user.Icon);
        writer.WriteString("name", user.Name);
        writer.WriteString("nickname", user.Nickname);
        writer.WriteBoolean("public", user.Public);
        writer.WriteIfGiven("role", user.Role);
        writer.WriteEndObject();
    }

    /// <exception cref="InvalidValueException">The JSON is not a user.</exception>
    public static CdbUser Read(JsonFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return new CdbUser(CdbPath.ForUser(fields.Name()), fields.Read(UserFields.All));
    }
}

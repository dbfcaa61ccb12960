using System.Text.Json;

namespace ConnectorDb.Core.Protocol.Tree;

/// <summary>Users on the wire; a field that the reader may not see is left out.</summary>
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

    /// <exception cref="InvalidValueException">The fields are not those of a user.</exception>
    public static CdbUser Read(JsonFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return new CdbUser
        {
            Path = CdbPath.ForUser(fields.Name()),
            Nickname = fields.Text("nickname") ?? "",
            Email = fields.Text("email"),
            Description = fields.Text("description") ?? "",
            Icon = fields.Text("icon") ?? "",
            Role = fields.Text("role"),
            Public = fields.Flag("public") ?? false,
        };
    }
}

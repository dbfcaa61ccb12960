namespace ConnectorDb.Fields;

/// <summary>The fields of users.</summary>
internal static class UserFields
{
    public static FieldTable<UserDefinition> All { get; } = new()
    {
        { "nickname", user => user.Nickname, (user, value) => user with { Nickname = value } },
        { "email", user => user.Email, (user, value) => user with { Email = value } },
        { "password", user => user.Password, (user, value) => user with { Password = value } },
        { "description", user => user.Description, (user, value) => user with { Description = value } },
        { "icon", user => user.Icon, (user, value) => user with { Icon = value } },
        { "role", user => user.Role, (user, value) => user with { Role = value } },
        { "public", user => user.Public, (user, value) => user with { Public = value } },
    };
}

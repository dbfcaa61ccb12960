namespace ConnectorDb.Core.Engine.Permissions;

/// <summary>The fields of users, devices and streams that have rights.</summary>
[Flags]
internal enum NodeFields
{
    None = 0,
    Name = 1,
    Nickname = 1 << 1,
    Description = 1 << 2,
    Icon = 1 << 3,
    Public = 1 << 4,
    Role = 1 << 5,
    Email = 1 << 6,
    Password = 1 << 7,
    ApiKey = 1 << 8,
    Enabled = 1 << 9,
    Visible = 1 << 10,
    UserEditable = 1 << 11,
    /// <summary>Fields without a right of their own, such as those of streams.</summary>
    Other = 1 << 12,

    All = ~0,
}

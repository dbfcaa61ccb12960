namespace ConnectorDb.Fields;

/// <summary>The fields of devices.</summary>
internal static class DeviceFields
{
    public static FieldTable<DeviceDefinition> All { get; } = new()
    {
        { "nickname", device => device.Nickname, (device, value) => device with { Nickname = value } },
        { "description", device => device.Description, (device, value) => device with { Description = value } },
        { "icon", device => device.Icon, (device, value) => device with { Icon = value } },
        { "apikey", device => device.ApiKey, (device, value) => device with { ApiKey = value } },
        { "role", device => device.Role, (device, value) => device with { Role = value } },
        { "enabled", device => device.Enabled, (device, value) => device with { Enabled = value }, true },
        { "public", device => device.Public, (device, value) => device with { Public = value } },
        { "visible", device => device.Visible, (device, value) => device with { Visible = value }, true },
        { "user_editable", device => device.UserEditable, (device, value) => device with { UserEditable = value }, true },
    };
}

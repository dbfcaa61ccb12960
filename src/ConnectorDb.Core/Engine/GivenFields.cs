using ConnectorDb.Core.Engine.Permissions;
using static ConnectorDb.Core.Engine.Permissions.NodeFields;

namespace ConnectorDb.Core.Engine;

/// <summary>The fields that a definition sets.</summary>
internal static class GivenFields
{
    public static NodeFields Of(UserDefinition definition)
        => If(definition.Nickname, Nickname) | If(definition.Email, Email) | If(definition.Password, Password)
           | If(definition.Description, Description) | If(definition.Icon, Icon) | If(definition.Role, NodeFields.Role)
           | If(definition.Public, Public);

    public static NodeFields Of(DeviceDefinition definition)
        => If(definition.Nickname, Nickname) | If(definition.Description, Description) | If(definition.Icon, Icon)
           | If(definition.ApiKey, NodeFields.ApiKey) | If(definition.Role, NodeFields.Role) | If(definition.Enabled, Enabled)
           | If(definition.Public, Public) | If(definition.Visible, Visible) | If(definition.UserEditable, UserEditable);

    public static NodeFields Of(StreamDefinition definition)
        => If(definition.Nickname, Nickname) | If(definition.Description, Description) | If(definition.Icon, Icon)
           | If(definition.Schema, Schema) | If(definition.Datatype, Datatype) | If(definition.Ephemeral, Ephemeral)
           | If(definition.Downlink, Downlink);

    private static NodeFields If(object? value, NodeFields field) => value is null ? None : field;
}

using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Fields;

namespace ConnectorDb.Core.Engine;

/// <summary>Converts records to the model, without the fields that the caller may not see.</summary>
internal static class VisibleFields
{
    public static CdbUser User(UserRecord user, Rights rights) => new(user.Path, new UserDefinition
    {
        Nickname = user.Nickname,
        Email = Has(rights.Read.User, NodeFields.Email) ? user.Email : null,
        Description = user.Description,
        Icon = user.Icon,
        Role = Has(rights.Read.User, NodeFields.Role) ? user.Role : null,
        Public = user.Public,
    });

    public static CdbDevice Device(DeviceRecord device, Rights rights, KeyRing keys) => new(device.Path, new DeviceDefinition
    {
        Nickname = device.Nickname,
        Description = device.Description,
        Icon = device.Icon,
        ApiKey = Has(rights.Read.Device, NodeFields.ApiKey) ? keys.Read(device) : null,
        Role = Has(rights.Read.Device, NodeFields.Role) ? device.Role : null,
        Enabled = device.Enabled,
        Public = device.Public,
        Visible = device.Visible,
        UserEditable = Has(rights.Read.Device, NodeFields.UserEditable) ? device.UserEditable : null,
    });

    /// <param name="client">The client that the stream asks for its count and newest datapoint.</param>
    public static CdbStream Stream(StreamRecord stream, ICdbClient client) => new(client, stream.Path, stream.Fields);

    /// <summary>
    /// The changes that need a right: those to another value, so that a caller can send a whole user back. Fields that the caller may not
    /// see count as changed.
    /// </summary>
    public static UserDefinition Changed(UserRecord old, UserDefinition changes, Rights rights)
        => UserFields.All.Without(changes, User(old, rights).Edited.Current);

    /// <inheritdoc cref="Changed(UserRecord, UserDefinition, Rights)"/>
    public static DeviceDefinition Changed(DeviceRecord old, DeviceDefinition changes, Rights rights, KeyRing keys)
        => DeviceFields.All.Without(changes, Device(old, rights, keys).Edited.Current);

    private static bool Has(NodeFields allowed, NodeFields field) => (allowed & field) != NodeFields.None;
}

using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine.Permissions;

/// <summary>The acting device with its user, as stored now.</summary>
internal sealed class Actor(UserRecord user, DeviceRecord device)
{
    private readonly Role _userRole = Role.OfUsers.GetValueOrDefault(user.Role) ?? Role.OfUsers["nobody"];
    private readonly Role _deviceRole = Role.OfDevices.GetValueOrDefault(device.Role) ?? Role.OfDevices["none"];

    public static Actor Nobody { get; } = new(
        new UserRecord { Id = Login.Nobody.DeviceId, Path = Login.Nobody.Device, Role = "nobody" },
        new DeviceRecord { Id = Login.Nobody.DeviceId, UserId = Login.Nobody.DeviceId, Path = Login.Nobody.Device });

    public UserRecord User { get; } = user;

    public DeviceRecord Device { get; } = device;

    public CdbPath Path => Device.Path;

    public bool IsAdmin => User.Role == Role.Admin;

    public bool MayCount => _userRole.Counts && _deviceRole.Counts;

    /// <summary>The rights to the list of users, which belongs to no user.</summary>
    public Rights ToAll => In(Relation.Private);

    public Rights To(UserRecord target)
        => In(target.Id == User.Id ? Relation.User : target.Public ? Relation.Public : Relation.Private);

    /// <summary>The rights to a device and its streams.</summary>
    public Rights To(DeviceRecord target)
        => In(target.Id == Device.Id ? Relation.Self
            : target.UserId == User.Id ? Relation.User
            : target.Public ? Relation.Public : Relation.Private);

    private Rights In(Relation relation) => _userRole[relation].And(_deviceRole[relation]);
}

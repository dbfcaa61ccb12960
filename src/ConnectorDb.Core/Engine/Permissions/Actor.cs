using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine.Permissions;

/// <summary>The acting device with its user, as stored now.</summary>
internal sealed class Actor
{
    private readonly Role _userRole;
    private readonly Role _deviceRole;

    public Actor(UserRecord user, DeviceRecord device)
        : this(user, device, Role.OfUsers.GetValueOrDefault(user.Role) ?? Role.OfUsers[Role.Nobody], Role.OfDevices.GetValueOrDefault(device.Role) ?? Role.OfDevices["none"])
    {
    }

    private Actor(UserRecord user, DeviceRecord device, Role userRole, Role deviceRole)
    {
        User = user;
        Device = device;
        _userRole = userRole;
        _deviceRole = deviceRole;
    }

    /// <summary>An anonymous caller, without any rights.</summary>
    public static Actor Nobody { get; } = Anonymous(Login.Nobody, Role.OfUsers[Role.Nobody]);

    /// <summary>An anonymous caller of a server with public reading.</summary>
    public static Actor PublicReader { get; } = Anonymous(Login.PublicReader, Role.OfPublicReader);

    public UserRecord User { get; }

    public DeviceRecord Device { get; }

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

    private static Actor Anonymous(Login login, Role role)
    {
        UserRecord user = new() { Id = login.DeviceId, Path = login.Device, Role = Role.Nobody };
        DeviceRecord device = new() { Id = login.DeviceId, UserId = login.DeviceId, Path = login.Device };
        return new Actor(user, device, role, role);
    }

    private Rights In(Relation relation) => _userRole[relation].And(_deviceRole[relation]);
}

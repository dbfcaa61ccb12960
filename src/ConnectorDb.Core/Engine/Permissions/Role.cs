using System.Collections.Frozen;

namespace ConnectorDb.Core.Engine.Permissions;

/// <summary>The rights of a role in each relation.</summary>
/// <remarks>A device has the rights that both its role and the role of its user allow. The tables are the defaults of the ConnectorDB server.</remarks>
/// <param name="Counts">May count all users, devices and streams.</param>
internal sealed record Role(Rights Private, Rights Public, Rights User, Rights Self, bool Counts)
{
    public const string Admin = "admin";

    /// <summary>The role of anonymous callers, which no user has.</summary>
    public const string Nobody = "nobody";

    /// <summary>The rights of anonymous callers where public reading is on: those of a user to the public nodes of others.</summary>
    public static Role OfPublicReader { get; } = new(Rights.None, Rights.UserPublic, Rights.None, Rights.None, Counts: false);

    public static FrozenDictionary<string, Role> OfUsers { get; } = new Dictionary<string, Role>(StringComparer.Ordinal)
    {
        [Nobody] = new(Rights.None, Rights.None, Rights.None, Rights.None, Counts: false),
        ["user"] = new(Rights.None, Rights.UserPublic, Rights.UserSelf, Rights.UserSelf, Counts: false),
        [Admin] = new(Rights.FullNoPassword, Rights.FullNoPassword, Rights.FullNoPassword, Rights.FullNoPassword, Counts: true),
    }.ToFrozenDictionary();

    public static FrozenDictionary<string, Role> OfDevices { get; } = new Dictionary<string, Role>(StringComparer.Ordinal)
    {
        ["none"] = new(Rights.None, Rights.None, Rights.None, Rights.FullDevice, Counts: false),
        [""] = new(Rights.None, Rights.None, Rights.None, Rights.FullDevice, Counts: false),
        ["reader"] = new(Rights.DeviceReader, Rights.DeviceReader, Rights.DeviceReader, Rights.FullDevice, Counts: false),
        ["writer"] = new(Rights.DeviceWriter, Rights.DeviceWriter, Rights.DeviceWriter, Rights.FullDevice, Counts: false),
        ["user"] = new(Rights.FullDownlink, Rights.FullDownlink, Rights.FullDownlink, Rights.Full, Counts: true),
    }.ToFrozenDictionary();

    public Rights this[Relation relation] => relation switch
    {
        Relation.Self => Self,
        Relation.User => User,
        Relation.Public => Public,
        _ => Private,
    };
}

using static ConnectorDb.Core.Engine.Permissions.NodeFields;

namespace ConnectorDb.Core.Engine.Permissions;

/// <summary>The readable or writable parts of a node: its data and its fields.</summary>
/// <remarks>The named sets are those of the ConnectorDB server.</remarks>
internal readonly record struct FieldSet(bool Data, bool Downlink, NodeFields User, NodeFields Device, NodeFields Stream)
{
    private const NodeFields Looks = Nickname | Description | Icon;
    private const NodeFields UserLooks = Looks | Email | Public;

    public static FieldSet Nothing => default;

    public static FieldSet Full { get; } = new(true, true, All, All, All);

    public static FieldSet PublicRead { get; } = new(true, true, Name | Looks | Public, Name | Looks | Enabled | Visible | Public, All);

    public static FieldSet SelfRead { get; } = new(true, true, All & ~Password, All, All);

    public static FieldSet DeviceRead { get; } = new(true, true, All & ~Password, All & ~ApiKey, All);

    public static FieldSet SelfWrite { get; } = new(true, true, UserLooks | Password, All & ~(Name | UserEditable), All & ~Name);

    /// <summary>The fields that a device with the role <c>writer</c> may set.</summary>
    /// <remarks>ConnectorDB 0.3 includes the e-mail address; here it is excluded, because access to the address is access to the account.</remarks>
    public static FieldSet DeviceWrite { get; } = new(false, true, UserLooks & ~Email, All & ~(ApiKey | NodeFields.Role), All);

    public static FieldSet FullDeviceWrite { get; } = new(true, false, UserLooks, All & ~(Name | NodeFields.Role), All & ~Name);

    public static FieldSet FullDownlinkWrite { get; } = new(false, true, All, All, All);

    /// <summary>The intersection of two sets.</summary>
    public FieldSet And(FieldSet other) => new(
        Data && other.Data,
        Downlink && other.Downlink,
        User & other.User,
        Device & other.Device,
        Stream & other.Stream);
}

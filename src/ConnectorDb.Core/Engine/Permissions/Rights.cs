namespace ConnectorDb.Core.Engine.Permissions;

/// <summary>The allowed operations on a node.</summary>
/// <remarks>The named levels are those of the ConnectorDB server.</remarks>
internal readonly record struct Rights(NodeKinds Create, NodeKinds Delete, NodeKinds List, FieldSet Read, FieldSet Write)
{
    private const NodeKinds Below = NodeKinds.Device | NodeKinds.Stream;

    public static Rights None => default;

    public static Rights UserPublic { get; } = new(NodeKinds.None, NodeKinds.None, Below, FieldSet.PublicRead, FieldSet.Nothing);

    public static Rights UserSelf { get; } = new(Below, Below, Below, FieldSet.SelfRead, FieldSet.SelfWrite);

    public static Rights DeviceReader { get; } = new(NodeKinds.None, NodeKinds.None, Below, FieldSet.DeviceRead, FieldSet.Nothing);

    public static Rights DeviceWriter { get; } = DeviceReader with { Write = FieldSet.DeviceWrite };

    public static Rights FullDevice { get; } = new(NodeKinds.All, Below, NodeKinds.All, FieldSet.Full, FieldSet.FullDeviceWrite);

    public static Rights FullDownlink { get; } = new(NodeKinds.All, NodeKinds.All, NodeKinds.All, FieldSet.Full, FieldSet.FullDownlinkWrite);

    /// <summary>Everything except reading passwords.</summary>
    public static Rights FullNoPassword { get; } = new(NodeKinds.All, NodeKinds.All, NodeKinds.All, FieldSet.SelfRead, FieldSet.Full);

    public static Rights Full { get; } = FullNoPassword with { Read = FieldSet.Full };

    /// <summary>The operations that both allow.</summary>
    public Rights And(Rights other) => new(
        Create & other.Create,
        Delete & other.Delete,
        List & other.List,
        Read.And(other.Read),
        Write.And(other.Write));
}

namespace ConnectorDb.Core.Engine.Permissions;

/// <summary>The kinds of nodes that may be created, deleted or listed.</summary>
[Flags]
internal enum NodeKinds
{
    None = 0,
    User = 1,
    Device = 2,
    Stream = 4,
    All = User | Device | Stream,
}

namespace ConnectorDb.Core.Engine.Permissions;

/// <summary>The relation of the acting device to the node.</summary>
internal enum Relation
{
    /// <summary>A node of another user, not public.</summary>
    Private,

    /// <summary>A public node of another user.</summary>
    Public,

    /// <summary>A node of the same user.</summary>
    User,

    /// <summary>The device itself, or one of its streams.</summary>
    Self,
}

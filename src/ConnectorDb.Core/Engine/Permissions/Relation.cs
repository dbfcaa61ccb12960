namespace ConnectorDb.Core.Engine.Permissions;

/// <summary>How the device that acts stands to what it acts on.</summary>
internal enum Relation
{
    /// <summary>Another user's, and not public.</summary>
    Private,

    /// <summary>Another user's, and public.</summary>
    Public,

    /// <summary>Of the same user.</summary>
    User,

    /// <summary>The device itself, or one of its streams.</summary>
    Self,
}

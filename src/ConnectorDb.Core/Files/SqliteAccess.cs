namespace ConnectorDb.Core.Files;

/// <summary>What a connection is for.</summary>
internal enum SqliteAccess
{
    Write,

    Read,

    /// <summary>Reading a file that nobody can change now, since neither it nor its folder can be written.</summary>
    ReadUnchanging,

    /// <summary>Reading a file that nobody else has open, and nobody else can open meanwhile.</summary>
    Alone,
}

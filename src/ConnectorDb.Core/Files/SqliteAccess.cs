namespace ConnectorDb.Core.Files;

/// <summary>The purpose of a connection.</summary>
internal enum SqliteAccess
{
    Write,

    Read,

    /// <summary>Reads a file that cannot change, because neither it nor its folder is writable.</summary>
    ReadUnchanging,

    /// <summary>Reads a file exclusively.</summary>
    Alone,

    /// <summary>Reads the rest of a damaged file exclusively. SQLite refuses a file that is shorter than its header says unless the schema may be written.</summary>
    Damaged,
}

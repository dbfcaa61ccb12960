using System.Data.Common;

namespace ConnectorDb.Core.Polling.Sql;

/// <summary>A kind of database for queries. Its package is loaded at the first use of its class.</summary>
internal interface ISqlDatabase
{
    /// <summary>The database for messages, without a login.</summary>
    string Place { get; }

    /// <summary>The parts of the connection string.</summary>
    DbConnectionStringBuilder Parts { get; }

    DbConnection Connect(string connectionString);

    /// <summary>A statement that makes the connection read only; null where there is none.</summary>
    string? ReadOnly => null;
}

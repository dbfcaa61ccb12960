using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace ConnectorDb.Core.Polling.Sql;

/// <summary>PostgreSQL.</summary>
internal sealed class PostgresDatabase(string connectionString) : ISqlDatabase
{
    private readonly NpgsqlConnectionStringBuilder _parts = new(connectionString) { Pooling = false, CommandTimeout = 0 };

    public string Place => string.Create(CultureInfo.InvariantCulture, $"{_parts.Host}:{_parts.Port}/{_parts.Database}");

    public DbConnectionStringBuilder Parts => _parts;

    public string ReadOnly => "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY";

    public DbConnection Connect(string connectionString) => new NpgsqlConnection(connectionString);
}

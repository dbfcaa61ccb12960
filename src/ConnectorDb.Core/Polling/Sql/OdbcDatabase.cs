using System.Data.Common;
using System.Data.Odbc;

namespace ConnectorDb.Core.Polling.Sql;

/// <summary>A database with an ODBC driver, through the driver manager of the system.</summary>
internal sealed class OdbcDatabase(string connectionString) : ISqlDatabase
{
    private static readonly string[] s_places = ["DSN", "Server", "Servername", "Database", "DBQ"];
    private readonly OdbcConnectionStringBuilder _parts = new(connectionString);

    public string Place => string.Join('/', s_places.Select(name => _parts.TryGetValue(name, out object? value) ? $"{value}" : "").Where(value => value.Length > 0));

    public DbConnectionStringBuilder Parts => _parts;

    public DbConnection Connect(string connectionString) => new OdbcConnection(connectionString);
}

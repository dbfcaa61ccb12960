using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace ConnectorDb.Core.Polling.Sql;

/// <summary>SQL Server.</summary>
internal sealed class SqlServerDatabase : ISqlDatabase
{
    private readonly SqlConnectionStringBuilder _parts;

    // The native network library of Windows has other terms than the package, and is not in the module.
    static SqlServerDatabase() => AppContext.SetSwitch("Switch.Microsoft.Data.SqlClient.UseManagedNetworkingOnWindows", true);

    public SqlServerDatabase(string connectionString) => _parts = new SqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 };

    public string Place => $"{_parts.DataSource}/{_parts.InitialCatalog}";

    public DbConnectionStringBuilder Parts => _parts;

    public DbConnection Connect(string connectionString) => new SqlConnection(connectionString);
}

using Npgsql;

namespace ConnectorDb.Benchmarks.Compare;

/// <summary>An empty database in the Citus cluster that <c>CONNECTORDB_CITUS</c> names, as for the tests: <c>postgres://user@host:port</c> of its coordinator and of its workers, separated by spaces.</summary>
internal sealed class CitusDatabase : IAsyncDisposable
{
    private const string Name = "connectordb_compare";
    private readonly Uri[] _nodes;

    private CitusDatabase(Uri[] nodes) => _nodes = nodes;

    public string Coordinator => AddressOf(_nodes[0], Name);

    public string Worker => AddressOf(_nodes[1], Name);

    /// <summary>Null when the variable names no cluster.</summary>
    public static async Task<CitusDatabase?> MakeAsync()
    {
        string[] addresses = (Environment.GetEnvironmentVariable("CONNECTORDB_CITUS") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (addresses.Length < 2)
        {
            return null;
        }

        CitusDatabase made = new(Array.ConvertAll(addresses, address => new Uri(address)));
        foreach (Uri node in made._nodes)
        {
            await RunAsync(node, "postgres", $"CREATE DATABASE {Name}");
            await RunAsync(node, Name, "CREATE EXTENSION citus");
        }

        await RunAsync(made._nodes[0], Name, $"SELECT citus_set_coordinator_host('{made._nodes[0].Host}', {made._nodes[0].Port})");
        foreach (Uri worker in made._nodes[1..])
        {
            await RunAsync(made._nodes[0], Name, $"SELECT citus_add_node('{worker.Host}', {worker.Port})");
        }

        return made;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        foreach (Uri node in _nodes)
        {
            await RunAsync(node, "postgres", $"DROP DATABASE {Name} WITH (FORCE)");
        }
    }

    private static string AddressOf(Uri node, string database) => FormattableString.Invariant($"Host={node.Host};Port={node.Port};Username={node.UserInfo};Database={database}");

    private static async Task RunAsync(Uri node, string database, string sql)
    {
        await using NpgsqlConnection connection = new(AddressOf(node, database) + ";Pooling=false");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

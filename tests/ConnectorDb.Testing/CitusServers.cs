using System.Globalization;

namespace ConnectorDb.Testing;

/// <summary>
/// The Citus cluster that <c>CONNECTORDB_CITUS</c> names: <c>postgres://user@host:port</c> of the coordinator and then of the workers, separated by spaces. The user is a superuser. Tests make databases of their own there.
/// </summary>
public sealed class CitusServers : IPostgres
{
    private const string Tests = "tests";

    private readonly Uri[] _nodes
        = Array.ConvertAll((Environment.GetEnvironmentVariable("CONNECTORDB_CITUS") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries), address => new Uri(address));

    private readonly HashSet<string> _databases = [];

    public bool IsRunning => _nodes.Length > 0;

    public int Workers => _nodes.Length - 1;

    public void SkipWhenMissing() => Skip.If(!IsRunning, "CONNECTORDB_CITUS names no cluster: 'postgres://user@host:port' of its coordinator and of its workers, separated by spaces.");

    /// <summary>Empties the database of the test, and returns the connection string of a worker.</summary>
    public string EmptyDatabase()
    {
        Execute(Tests, "DROP SCHEMA IF EXISTS connectordb CASCADE");
        return ConnectionString(Tests);
    }

    /// <summary>The connection string of the first worker.</summary>
    public string ConnectionString(string database) => ConnectionString(database, 1);

    /// <param name="node">0 for the coordinator, otherwise the number of a worker.</param>
    public string ConnectionString(string database, int node)
        => string.Create(CultureInfo.InvariantCulture, $"Host={_nodes[node].Host};Port={_nodes[node].Port};Username={_nodes[node].UserInfo};Database={NameOf(database)}");

    /// <summary>The address of a node for the database of the test.</summary>
    public string Address(int node) => ConnectionString(Tests, node);

    /// <summary>The address of all workers.</summary>
    public string AddressOfWorkers()
        => $"Host={string.Join(',', _nodes.Skip(1).Select(node => string.Create(CultureInfo.InvariantCulture, $"{node.Host}:{node.Port}")))};Username={_nodes[1].UserInfo};Database={NameOf(Tests)}";

    /// <summary>Runs statements on the coordinator.</summary>
    public string Execute(string database, string sql) => Execute(database, [sql]);

    /// <summary>Runs statements on the coordinator, each in a transaction of its own, as Citus demands for changes of tables.</summary>
    public string Execute(string database, params string[] statements)
    {
        CreateDatabase(database);
        return ExecuteAt(0, NameOf(database), statements);
    }

    /// <summary>Makes a database on all nodes, and a cluster of them.</summary>
    public void CreateDatabase(string database)
    {
        SkipWhenMissing();
        if (!_databases.Add(database) || ExecuteAt(0, "postgres", $"SELECT 1 FROM pg_database WHERE datname = '{NameOf(database)}'") == "1")
        {
            return;
        }

        for (int node = 0; node < _nodes.Length; node++)
        {
            ExecuteAt(node, "postgres", $"CREATE DATABASE {NameOf(database)}");
            ExecuteAt(node, NameOf(database), "CREATE EXTENSION citus");
        }

        ExecuteAt(0, NameOf(database), $"SELECT citus_set_coordinator_host('{_nodes[0].Host}', {_nodes[0].Port})");
        foreach (Uri worker in _nodes[1..])
        {
            ExecuteAt(0, NameOf(database), $"SELECT citus_add_node('{worker.Host}', {worker.Port})");
        }
    }

    /// <summary>The number of the worker with the rows of a stream.</summary>
    public int WorkerOf(long stream)
    {
        string port = Execute(Tests, $"SELECT nodeport FROM pg_dist_shard_placement WHERE shardid = get_shard_id_for_distribution_column('connectordb.sequences', {stream})");
        return Array.FindIndex(_nodes, node => node.Port.ToString(CultureInfo.InvariantCulture) == port);
    }

    /// <summary>A node on this machine, whose process tests can stop.</summary>
    public CitusNode Node(int node)
    {
        SkipWhenMissing();
        string folder = ExecuteAt(node, "postgres", "SHOW data_directory");
        Skip.If(!File.Exists(Path.Combine(folder, "postmaster.pid")), "The nodes that CONNECTORDB_CITUS names are not on this machine, so that they are not stopped.");
        return new CitusNode(folder);
    }

    private static string NameOf(string database) => $"connectordb_{database}";

    private string ExecuteAt(int node, string database, params string[] statements)
        => ToolProcess.RunAsync([.. PostgresPrograms.Psql(_nodes[node].Host, _nodes[node].Port, _nodes[node].UserInfo, database), .. statements.SelectMany(statement => new[] { "-c", statement })])
            .GetAwaiter().GetResult().Trim();
}

using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>The nodes of a Citus cluster, and the distribution of the tables over them. See docs/design/101-citus.md.</summary>
internal static class CitusCluster
{
    /// <summary>True on the coordinator of a cluster that has workers.</summary>
    public static bool HasWorkers(PostgresSession session)
        => HasExtension(session) && session.Value<bool>("SELECT EXISTS (SELECT FROM pg_dist_node WHERE groupid <> 0 AND shouldhaveshards)");

    /// <summary>True when the tables of the store are distributed.</summary>
    public static bool IsDistributed(PostgresSession session)
        => HasExtension(session) && session.Value<bool>("SELECT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = to_regclass($1))", $"{PostgresSchema.Name}.{PostgresTable.Sequences}");

    /// <summary>The host and port of the coordinator as its cluster knows it; null when the session is with the coordinator, or with no cluster.</summary>
    /// <exception cref="StoreException">The session is with a worker that does not know its coordinator.</exception>
    public static (string Host, int Port)? OtherCoordinator(PostgresSession session, string location)
    {
        if (!HasExtension(session) || session.Value<int>("SELECT groupid FROM pg_dist_local_group") == 0)
        {
            return null;
        }

        return session.All("SELECT nodename, nodeport FROM pg_dist_node WHERE groupid = 0", row => (row.Text(0), (int)row.Integer(1))) is [var coordinator]
            ? coordinator
            : throw PostgresFaults.NoCoordinator(location);
    }

    /// <summary>Prepares a transaction that distributes tables. Tables with foreign keys cannot be changed over several connections to a node at once.</summary>
    public static void BeginDistribution(PostgresSession session) => session.Run("SET LOCAL citus.multi_shard_modify_mode = 'sequential'; SET LOCAL client_min_messages = warning");

    /// <summary>Distributes an empty table by its column, beside the sequences; or makes it a table that each node has.</summary>
    public static void Distribute(PostgresSession session, PostgresTable table)
    {
        if (table.DistributedBy is not { } column)
        {
            session.Run("SELECT create_reference_table($1::regclass)", Qualified(table.Name));
            return;
        }

        session.Run(
            "SELECT create_distributed_table($1::regclass, $2, colocate_with => $3)",
            Qualified(table.Name), column, table.Name == PostgresTable.Sequences ? "none" : Qualified(PostgresTable.Sequences));
    }

    private static string Qualified(string table) => $"{PostgresSchema.Name}.{table}";

    private static bool HasExtension(PostgresSession session) => session.Value<bool>("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')");
}

using Npgsql;

namespace ConnectorDb.Core.Tests.Support;

/// <summary>The databases of the tests of the engine. Their tables are made once and emptied for each test, which takes a tenth of the time.</summary>
internal static class EngineDatabase
{
    private const string Name = "engine";

    /// <summary>The setting is for clusters.</summary>
    private const string Clear = """
        SET citus.multi_shard_modify_mode = 'sequential';
        DO $$ DECLARE fresh uuid = gen_random_uuid(); BEGIN
        IF to_regclass('connectordb.store') IS NOT NULL THEN
            DELETE FROM connectordb.users;
            DELETE FROM connectordb.segments;
            DELETE FROM connectordb.tail;
            UPDATE connectordb.store SET id = fresh, tree_version = 0, login_version = 0;
        END IF;
        END $$
        """;

    /// <summary>Empties a database. Returns its address.</summary>
    public static string Empty(IPostgres server, string name = Name)
    {
        try
        {
            Execute(server, Clear, name);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            server.CreateDatabase(name);
        }

        return server.ConnectionString(name);
    }

    /// <remarks>The connection is not kept, because tests restart the server.</remarks>
    public static void Execute(IPostgres server, string sql, string name = Name)
    {
        using NpgsqlConnection connection = new($"{server.ConnectionString(name)};Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }
}

using ConnectorDb.Columns;
using Npgsql;
using NpgsqlTypes;

namespace ConnectorDb.Benchmarks.Compare;

/// <summary>A plain table in PostgreSQL with a row for each datapoint.</summary>
internal sealed class BarePostgres : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private long _next;

    public BarePostgres(string address)
    {
        _source = new NpgsqlDataSourceBuilder(address).Build();
        Run("CREATE SCHEMA IF NOT EXISTS bare");
        Run("DROP TABLE IF EXISTS bare.points");
        Run("CREATE TABLE bare.points (stream bigint, t double precision, d double precision, PRIMARY KEY (stream, t))");
    }

    /// <summary>Prepared inserts of one row with autocommit, over several connections.</summary>
    public Task InsertAsync(int connections, int calls)
        => Task.WhenAll(Enumerable.Range(0, connections).Select(stream => Task.Run(async () =>
        {
            await using NpgsqlConnection connection = await _source.OpenConnectionAsync();
            await using NpgsqlCommand insert = new("INSERT INTO bare.points VALUES ($1, $2, $3)", connection);
            insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = stream });
            NpgsqlParameter<double> t = new();
            insert.Parameters.Add(t);
            insert.Parameters.Add(new NpgsqlParameter<double> { TypedValue = 21.5 });
            t.TypedValue = 0;
            await insert.PrepareAsync();
            for (int i = 0; i < calls / connections; i++)
            {
                t.TypedValue = Interlocked.Increment(ref _next);
                await insert.ExecuteNonQueryAsync();
            }
        })));

    /// <summary>A batch of one insert for each stream, in one transaction and one round trip.</summary>
    public async Task InsertBatchAsync(NpgsqlConnection connection, int streams)
    {
        await using NpgsqlBatch batch = new(connection);
        double now = Interlocked.Increment(ref _next);
        for (int i = 0; i < streams; i++)
        {
            NpgsqlBatchCommand insert = new("INSERT INTO bare.points VALUES ($1, $2, $3)");
            insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = 1000 + i });
            insert.Parameters.Add(new NpgsqlParameter<double> { TypedValue = now });
            insert.Parameters.Add(new NpgsqlParameter<double> { TypedValue = 21.5 });
            batch.BatchCommands.Add(insert);
        }

        await batch.ExecuteNonQueryAsync();
    }

    public ValueTask<NpgsqlConnection> OpenAsync() => _source.OpenConnectionAsync();

    public async ValueTask CopyAsync(long stream, Block block)
    {
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync();
        await using NpgsqlBinaryImporter rows = await connection.BeginBinaryImportAsync("COPY bare.points FROM STDIN (FORMAT BINARY)");
        ReadOnlyMemory<double> values = ((NumberColumn)block.Values).Values;
        for (int i = 0; i < block.Count; i++)
        {
            await rows.StartRowAsync();
            await rows.WriteAsync(stream, NpgsqlDbType.Bigint);
            await rows.WriteAsync(block.Times.Span[i], NpgsqlDbType.Double);
            await rows.WriteAsync(values.Span[i], NpgsqlDbType.Double);
        }

        await rows.CompleteAsync();
    }

    public void Empty() => Run("TRUNCATE bare.points");

    /// <summary>The bytes of the store on disk, with indexes.</summary>
    public long StoreBytes()
    {
        using NpgsqlCommand command = _source.CreateCommand("SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relnamespace = 'connectordb'::regnamespace AND relkind = 'r'");
        return (long)command.ExecuteScalar()!;
    }

    public async ValueTask DisposeAsync()
    {
        Run("DROP SCHEMA bare CASCADE");
        await _source.DisposeAsync();
    }

    private void Run(string sql)
    {
        using NpgsqlCommand command = _source.CreateCommand(sql);
        command.ExecuteNonQuery();
    }
}

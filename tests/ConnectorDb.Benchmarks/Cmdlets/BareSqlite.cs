using Microsoft.Data.Sqlite;

namespace ConnectorDb.Benchmarks.Cmdlets;

/// <summary>The same numbers through SQLite alone: a row each, a prepared command, as durable as the store, committed in batches of the cmdlet's size.</summary>
internal sealed class BareSqlite : IDisposable
{
    private const int BatchSize = 32_768;
    private readonly SqliteConnection _connection;

    public BareSqlite(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE point (i INTEGER PRIMARY KEY, t REAL NOT NULL, d REAL NOT NULL)");
    }

    public void Write(double[] numbers)
    {
        Execute("DELETE FROM point");
        using SqliteCommand insert = _connection.CreateCommand();
        insert.CommandText = "INSERT INTO point (t, d) VALUES ($t, $d)";
        SqliteParameter t = insert.Parameters.Add("$t", SqliteType.Real);
        SqliteParameter d = insert.Parameters.Add("$d", SqliteType.Real);
        for (int start = 0; start < numbers.Length; start += BatchSize)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            insert.Transaction = transaction;
            for (int i = start; i < Math.Min(start + BatchSize, numbers.Length); i++)
            {
                t.Value = (double)i;
                d.Value = numbers[i];
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    public double Read()
    {
        using SqliteCommand select = _connection.CreateCommand();
        select.CommandText = "SELECT t, d FROM point ORDER BY i";
        using SqliteDataReader rows = select.ExecuteReader();
        double sum = 0;
        while (rows.Read())
        {
            sum += rows.GetDouble(0) + rows.GetDouble(1);
        }

        return sum;
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

using Microsoft.Data.Sqlite;

namespace ConnectorDb.Benchmarks.Logging;

/// <summary>A row for each datapoint in a transaction of its own, through SQLite alone.</summary>
internal sealed class RowWriter : IDisposable
{
    private readonly SqliteConnection _connection;

    public RowWriter(string path, string settings)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        Execute(settings);
        Execute("CREATE TABLE cache (stream TEXT, t REAL, d TEXT)");
    }

    public void Write(int count)
    {
        using SqliteCommand insert = _connection.CreateCommand();
        insert.CommandText = "INSERT INTO cache VALUES ($s, $t, $d)";
        insert.Parameters.AddWithValue("$s", "x");
        SqliteParameter t = insert.Parameters.Add("$t", SqliteType.Real);
        SqliteParameter d = insert.Parameters.Add("$d", SqliteType.Text);
        for (int i = 0; i < count; i++)
        {
            t.Value = (double)i;
            d.Value = "21.5";
            insert.ExecuteNonQuery();
        }
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

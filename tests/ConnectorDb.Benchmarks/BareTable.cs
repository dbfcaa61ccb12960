using ConnectorDb.Columns;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Benchmarks;

/// <summary>A plain SQLite table with a row for each datapoint, in WAL with synchronous=FULL.</summary>
internal sealed class BareTable : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;

    public BareTable(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        using SqliteCommand make = _connection.CreateCommand();
        make.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE points (stream INTEGER, t REAL, d REAL, PRIMARY KEY (stream, t)) WITHOUT ROWID";
        make.ExecuteNonQuery();
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO points VALUES (?1, ?2, ?3)";
        for (int i = 1; i <= 3; i++)
        {
            _insert.Parameters.Add(new SqliteParameter($"?{i}", 0L));
        }

        _insert.Prepare();
    }

    public void Insert(long stream, Block block)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        _insert.Transaction = transaction;
        ReadOnlySpan<double> times = block.Times.Span;
        ReadOnlySpan<double> values = ((NumberColumn)block.Values).Values.Span;
        for (int i = 0; i < times.Length; i++)
        {
            Insert(stream, times[i], values[i]);
        }

        transaction.Commit();
        _insert.Transaction = null;
    }

    public void Insert(long stream, double t, double value)
    {
        _insert.Parameters[0].Value = stream;
        _insert.Parameters[1].Value = t;
        _insert.Parameters[2].Value = value;
        _insert.ExecuteNonQuery();
    }

    /// <summary>Runs the statement and takes each number of its result in hand.</summary>
    /// <returns>How many rows there are.</returns>
    public long Query(string sql)
    {
        using SqliteCommand select = _connection.CreateCommand();
        select.CommandText = sql;
        using SqliteDataReader row = select.ExecuteReader();
        long rows = 0;
        double sum = 0;
        while (row.Read())
        {
            for (int i = 0; i < row.FieldCount; i++)
            {
                sum += row.GetDouble(i);
            }

            rows++;
        }

        return double.IsNaN(sum) ? -1 : rows;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}

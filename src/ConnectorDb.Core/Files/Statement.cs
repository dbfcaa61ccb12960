using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Files;

/// <summary>A statement that is prepared once; its parameters are <c>?1</c>, <c>?2</c>, ….</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
    }

    /// <summary>Runs the statement; the answer is the number of rows it changed.</summary>
    public int Run(params ReadOnlySpan<object?> arguments)
    {
        Bind(arguments);
        return _command.ExecuteNonQuery();
    }

    /// <summary>Runs the statement; its rows are read while they are asked for.</summary>
    public SqliteDataReader Query(params ReadOnlySpan<object?> arguments)
    {
        Bind(arguments);
        return _command.ExecuteReader();
    }

    /// <summary>The first row, made into something; null when there is none.</summary>
    public T? First<T>(Func<SqliteDataReader, T> shape, params ReadOnlySpan<object?> arguments)
        where T : class
    {
        using SqliteDataReader row = Query(arguments);
        return row.Read() ? shape(row) : null;
    }

    /// <summary>All rows, each made into something.</summary>
    public List<T> All<T>(Func<SqliteDataReader, T> shape, params ReadOnlySpan<object?> arguments)
    {
        using SqliteDataReader row = Query(arguments);
        List<T> all = [];
        while (row.Read())
        {
            all.Add(shape(row));
        }

        return all;
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (_command.Parameters.Count <= i)
            {
                _command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i + 1}" });
            }

            _command.Parameters[i].Value = arguments[i] ?? DBNull.Value;
        }
    }
}

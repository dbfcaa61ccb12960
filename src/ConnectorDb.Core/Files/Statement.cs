using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Files;

/// <summary>A prepared statement with parameters <c>?1</c>, <c>?2</c>, ….</summary>
/// <remarks>It calls SQLite directly, because a command of the ADO.NET provider looks up each parameter by name in each call, which takes longer than storing a datapoint.</remarks>
internal sealed class Statement : IDisposable
{
    private static readonly SqliteValue s_unknown = new(new object());
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly Row _row;
    private readonly SqliteValue[] _given;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), _database);
        _row = new Row(_database, _statement);
        _given = new SqliteValue[raw.sqlite3_bind_parameter_count(_statement)];
    }

    /// <summary>Runs the statement; returns the number of changed rows.</summary>
    public int Run(params ReadOnlySpan<SqliteValue> arguments)
    {
        using Row row = Query(arguments);
        while (row.Read())
        {
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>Runs a statement without parameters; false while another connection has the lock.</summary>
    public bool TryRun()
    {
        raw.sqlite3_step(_statement);
        int code = raw.sqlite3_reset(_statement);
        if ((code & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            return false;
        }

        SqliteException.ThrowExceptionForRC(code, _database);
        return true;
    }

    /// <summary>Runs the statement; rows are read on demand. One query per statement at a time.</summary>
    public Row Query(params ReadOnlySpan<SqliteValue> arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            Bind(i, arguments[i]);
        }

        return _row;
    }

    /// <summary>Converts the first row; null when there is none.</summary>
    public T? First<T>(Func<Row, T> shape, params ReadOnlySpan<SqliteValue> arguments)
        where T : class
    {
        using Row row = Query(arguments);
        return row.Read() ? shape(row) : null;
    }

    /// <summary>Converts all rows.</summary>
    public List<T> All<T>(Func<Row, T> shape, params ReadOnlySpan<SqliteValue> arguments)
    {
        using Row row = Query(arguments);
        List<T> all = [];
        while (row.Read())
        {
            all.Add(shape(row));
        }

        return all;
    }

    /// <summary>Converts rows while they are asked for. One query per statement at a time.</summary>
    public IEnumerable<T> Each<T>(Func<Row, T> shape, params ReadOnlySpan<SqliteValue> arguments)
    {
        return Each(Query(arguments));

        IEnumerable<T> Each(Row rows)
        {
            using Row row = rows;
            while (row.Read())
            {
                yield return shape(row);
            }
        }
    }

    public void Dispose() => _statement.Dispose();

    /// <summary>Binds a parameter. SQLite keeps bindings, so an unchanged number, text or null is not bound again.</summary>
    private void Bind(int place, SqliteValue argument)
    {
        ref SqliteValue given = ref _given[place];
        if (ReferenceEquals(given.Content, argument.Content) && given.Bits == argument.Bits)
        {
            return;
        }

        given = s_unknown;
        int code = argument.Content switch
        {
            null => raw.sqlite3_bind_null(_statement, place + 1),
            string text => raw.sqlite3_bind_text(_statement, place + 1, text),
            byte[] bytes => raw.sqlite3_bind_blob(_statement, place + 1, bytes),
            _ when argument.Content == SqliteValue.Real => raw.sqlite3_bind_double(_statement, place + 1, BitConverter.Int64BitsToDouble(argument.Bits)),
            _ => raw.sqlite3_bind_int64(_statement, place + 1, argument.Bits),
        };
        SqliteException.ThrowExceptionForRC(code, _database);

        // The content of an array can change.
        given = argument.Content is byte[] ? s_unknown : argument;
    }
}

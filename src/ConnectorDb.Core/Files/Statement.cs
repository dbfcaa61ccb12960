using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Files;

/// <summary>
/// A statement that is prepared once; its parameters are <c>?1</c>, <c>?2</c>, …. It speaks to SQLite directly: a command
/// of the provider looks up each parameter by its name, each time, and that takes longer than storing a datapoint.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly Row _row;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), _database);
        _row = new Row(_database, _statement);
    }

    /// <summary>Runs the statement; the answer is the number of rows it changed.</summary>
    public int Run(params ReadOnlySpan<object?> arguments)
    {
        using Row row = Query(arguments);
        while (row.Read())
        {
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>Runs a statement without parameters; false while the lock that it needs is held by another connection.</summary>
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

    /// <summary>Runs the statement; its rows are read while they are asked for. One query of a statement at a time.</summary>
    public Row Query(params ReadOnlySpan<object?> arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            SqliteException.ThrowExceptionForRC(Bind(i + 1, arguments[i]), _database);
        }

        return _row;
    }

    /// <summary>The first row, made into something; null when there is none.</summary>
    public T? First<T>(Func<Row, T> shape, params ReadOnlySpan<object?> arguments)
        where T : class
    {
        using Row row = Query(arguments);
        return row.Read() ? shape(row) : null;
    }

    /// <summary>All rows, each made into something.</summary>
    public List<T> All<T>(Func<Row, T> shape, params ReadOnlySpan<object?> arguments)
    {
        using Row row = Query(arguments);
        List<T> all = [];
        while (row.Read())
        {
            all.Add(shape(row));
        }

        return all;
    }

    public void Dispose() => _statement.Dispose();

    private int Bind(int place, object? argument) => argument switch
    {
        null => raw.sqlite3_bind_null(_statement, place),
        long number => raw.sqlite3_bind_int64(_statement, place, number),
        int number => raw.sqlite3_bind_int64(_statement, place, number),
        bool flag => raw.sqlite3_bind_int64(_statement, place, flag ? 1 : 0),
        double number => raw.sqlite3_bind_double(_statement, place, number),
        string text => raw.sqlite3_bind_text(_statement, place, text),
        byte[] bytes => raw.sqlite3_bind_blob(_statement, place, bytes),
        _ => throw new ArgumentException($"SQLite does not store a {argument.GetType()}.", nameof(argument)),
    };
}

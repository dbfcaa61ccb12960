using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Files;

/// <summary>One connection to the file, with its prepared statements. For one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);
    private sqlite3_stmt? _begin;

    public SqliteSession(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    /// <summary>Whether a transaction is open; SQLite itself closes one after some errors.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(Connection.Handle) == 0;

    /// <summary>The statement of this text, prepared at its first use.</summary>
    public Statement this[string sql]
    {
        get
        {
            if (!_statements.TryGetValue(sql, out Statement? statement))
            {
                statement = new Statement(Connection, sql);
                _statements.Add(sql, statement);
            }

            return statement;
        }
    }

    /// <summary>Whether the file cannot be written, though it was opened to be.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(Connection.Handle, "main") == 1;

    /// <summary>Runs statements that are needed once.</summary>
    public void Execute(string sql)
    {
        using Statement statement = new(Connection, sql);
        statement.Run();
    }

    /// <summary>Takes the only right to write; false while another connection has it.</summary>
    public bool TryBeginWrite()
    {
        if (_begin is null)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(Connection.Handle, "BEGIN IMMEDIATE", out _begin), Connection.Handle);
        }

        raw.sqlite3_step(_begin);
        int code = raw.sqlite3_reset(_begin);
        if (code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            return false;
        }

        SqliteException.ThrowExceptionForRC(code, Connection.Handle);
        return true;
    }

    /// <summary>Stops the statement that is running.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(Connection.Handle);

    public void Dispose()
    {
        foreach (Statement statement in _statements.Values)
        {
            statement.Dispose();
        }

        _begin?.Dispose();
        Connection.Dispose();
    }
}

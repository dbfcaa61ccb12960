using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Files;

/// <summary>A connection with its prepared statements, for one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    public SqliteSession(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    /// <summary>True when a transaction is open. SQLite closes it itself after some errors.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(Connection.Handle) == 0;

    /// <summary>The prepared statement of a SQL text.</summary>
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

    /// <summary>True when the connection was opened for writing but the file is read-only.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(Connection.Handle, "main") == 1;

    /// <summary>Maximum time that SQLite waits for a lock of another connection.</summary>
    public TimeSpan Patience
    {
        set => raw.sqlite3_busy_timeout(Connection.Handle, (int)value.TotalMilliseconds);
    }

    /// <summary>Runs statements that are not prepared.</summary>
    public void Execute(string sql)
    {
        using SqliteCommand command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Begins a write transaction; false while another connection has the write lock.</summary>
    public bool TryBeginWrite() => this["BEGIN IMMEDIATE"].TryRun();

    /// <summary>The write-ahead log is not copied to the file when the connection is closed.</summary>
    public void KeepLog() => raw.sqlite3_db_config(Connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);

    /// <summary>Interrupts the running statement.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(Connection.Handle);

    public void Dispose()
    {
        foreach (Statement statement in _statements.Values)
        {
            statement.Dispose();
        }

        Connection.Dispose();
    }
}

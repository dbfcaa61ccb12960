using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Files;

/// <summary>One connection to the file, with its prepared statements. For one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

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

    /// <summary>How long SQLite waits for a lock of another connection before it says that it is busy.</summary>
    public TimeSpan Patience
    {
        set => raw.sqlite3_busy_timeout(Connection.Handle, (int)value.TotalMilliseconds);
    }

    /// <summary>Runs statements that are needed once.</summary>
    public void Execute(string sql)
    {
        using SqliteCommand command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Takes the only right to write; false while another connection has it.</summary>
    public bool TryBeginWrite() => this["BEGIN IMMEDIATE"].TryRun();

    /// <summary>Stops the statement that is running.</summary>
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

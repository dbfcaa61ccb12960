namespace ConnectorDb.Testing;

/// <summary>A PostgreSQL for tests: one server, or a cluster.</summary>
public interface IPostgres
{
    /// <summary>False where there is none.</summary>
    bool IsRunning { get; }

    void SkipWhenMissing();

    /// <summary>Empties the database of the test, and returns its connection string.</summary>
    string EmptyDatabase();

    string ConnectionString(string database);

    void CreateDatabase(string database);

    /// <summary>Runs statements as an administrator, and returns the values of their rows.</summary>
    string Execute(string database, string sql);
}

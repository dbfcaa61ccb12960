namespace ConnectorDb.Server.Tests.Support;

/// <summary>Our server over a database in PostgreSQL, for all tests of a class; each test uses its own names.</summary>
public sealed class PostgresServerFixture(PostgresServer postgres) : IAsyncLifetime
{
    private RunningServer? _server;

    /// <summary>The running server. Without PostgreSQL, the test is skipped.</summary>
    public RunningServer Server
    {
        get
        {
            postgres.SkipWhenMissing();
            return _server!;
        }
    }

    public async Task InitializeAsync()
    {
        if (postgres.IsRunning)
        {
            _server = await RunningServer.StartAsync(store: postgres.EmptyDatabase());
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}

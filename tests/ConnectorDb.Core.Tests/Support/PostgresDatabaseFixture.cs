using ConnectorDb.Core.Client;
using ConnectorDb.Core.Engine;

namespace ConnectorDb.Core.Tests.Support;

/// <summary>An engine over a database in PostgreSQL, for all tests of a class; each test uses its own names.</summary>
public sealed class PostgresDatabaseFixture : IDisposable
{
    private readonly PostgresServer _server;
    private readonly TempFolder _folder = new();
    private readonly CdbEngine? _engine;

    public PostgresDatabaseFixture(PostgresServer server)
    {
        _server = server;
        if (server.IsRunning)
        {
            _engine = EmbeddedClient.OpenEngine(new EmbeddedOptions { Path = server.EmptyDatabase(), KeyFolder = _folder["keys"] });
            _engine.CreateOwner(CdbPath.ForUser("me"), Some.NoToken);
        }
    }

    /// <summary>The engine. Without PostgreSQL, the test is skipped.</summary>
    public CdbEngine Engine
    {
        get
        {
            _server.SkipWhenMissing();
            return _engine!;
        }
    }

    public void Dispose()
    {
        _engine?.Dispose();
        _folder.Dispose();
    }
}

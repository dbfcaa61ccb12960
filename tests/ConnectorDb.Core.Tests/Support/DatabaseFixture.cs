using ConnectorDb.Core.Client;
using ConnectorDb.Core.Engine;

namespace ConnectorDb.Core.Tests.Support;

/// <summary>An engine over a database in PostgreSQL, for all tests of a class; each test uses its own names.</summary>
/// <typeparam name="TServer">The fixture of the collection with the PostgreSQL.</typeparam>
public sealed class DatabaseFixture<TServer> : IDisposable
    where TServer : IPostgres
{
    private readonly TServer _server;
    private readonly TempFolder _folder = new();
    private readonly CdbEngine? _engine;

    public DatabaseFixture(TServer server)
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

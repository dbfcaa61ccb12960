using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Postgres;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Storage.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PostgresStoreTests : StoreSuite
{
    private readonly PostgresServer _server;
    private readonly string _database;

    public PostgresStoreTests(PostgresServer server)
    {
        server.SkipWhenMissing();
        _server = server;
        _database = server.EmptyDatabase();
    }

    protected override IStore Open() => PostgresStore.Open(new PostgresStoreOptions { Address = _database });

    protected override void Execute(string sql) => _server.Execute("tests", $"SET search_path = connectordb; {sql}");

    protected override void CleanUp()
    {
    }
}

using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Postgres;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Storage.Postgres;

[Collection(CitusCollection.Name)]
public sealed class CitusStoreTests : StoreSuite
{
    private readonly CitusServers _server;
    private readonly string _database;

    public CitusStoreTests(CitusServers server)
    {
        server.SkipWhenMissing();
        _server = server;
        _database = server.EmptyDatabase();
    }

    protected override IStore Open() => PostgresStore.Open(new PostgresStoreOptions { Address = _database });

    protected override void Execute(string sql) => _server.Execute("tests", "SET search_path = connectordb", sql);

    protected override void CleanUp()
    {
    }
}

using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Postgres;

namespace ConnectorDb.Core.Tests.Storage.Postgres;

public sealed class PostgresStoreTests : StoreSuite, IClassFixture<PostgresServer>
{
    private readonly string _database;

    public PostgresStoreTests(PostgresServer server)
    {
        server.SkipWhenMissing();
        _database = server.EmptyDatabase();
    }

    protected override IStore Open() => PostgresStore.Open(new PostgresStoreOptions { Address = _database });

    protected override void CleanUp()
    {
    }
}

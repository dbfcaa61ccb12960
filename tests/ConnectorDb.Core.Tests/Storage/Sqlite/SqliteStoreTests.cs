using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Sqlite;

namespace ConnectorDb.Core.Tests.Storage.Sqlite;

public sealed class SqliteStoreTests : StoreSuite
{
    private readonly TempFolder _folder = new();

    protected override IStore Open() => SqliteStore.Open(new SqliteStoreOptions { Path = _folder["store.cdb"] });

    protected override void CleanUp() => _folder.Dispose();
}

using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Tests.Storage.Sqlite;

public sealed class SqliteStoreTests : StoreSuite
{
    private readonly TempFolder _folder = new();

    protected override IStore Open() => SqliteStore.Open(new SqliteStoreOptions { Path = _folder["store.cdb"] });

    protected override void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={_folder["store.cdb"]};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    protected override void CleanUp() => _folder.Dispose();
}

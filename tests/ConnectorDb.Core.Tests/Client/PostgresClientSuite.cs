using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Client;

/// <summary>The client suite for the embedded client over a database in PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresClientSuite(DatabaseFixture<PostgresServer> fixture) : ClientSuite, IClassFixture<DatabaseFixture<PostgresServer>>
{
    protected override int ManyStreams => 1000;

    protected override Task<ICdbClient> OpenAsync()
        => Task.FromResult(EmbeddedClient.Over(fixture.Engine, fixture.Engine.LoginAs(CdbPath.Parse("me/user"), Some.NoToken)));
}

using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Client;

/// <summary>The client suite for the remote client over our server with a database in PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresServerClientSuite(PostgresServerFixture fixture) : ClientSuite, IClassFixture<PostgresServerFixture>
{
    protected override int ManyStreams => 1000;

    protected override Task<ICdbClient> OpenAsync()
        => RemoteClient.OpenAsync(new RemoteOptions { Url = fixture.Server.Address, ApiKey = fixture.Server.OwnerKey }, CancellationToken.None);
}

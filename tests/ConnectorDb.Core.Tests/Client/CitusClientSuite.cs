using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Client;

/// <summary>The client suite for the embedded client over a Citus cluster.</summary>
[Collection(CitusCollection.Name)]
public sealed class CitusClientSuite(DatabaseFixture<CitusServers> fixture) : ClientSuite, IClassFixture<DatabaseFixture<CitusServers>>
{
    protected override int ManyStreams => 1000;

    protected override Task<ICdbClient> OpenAsync()
        => Task.FromResult(EmbeddedClient.Over(fixture.Engine, fixture.Engine.LoginAs(CdbPath.Parse("me/user"), Some.NoToken)));
}

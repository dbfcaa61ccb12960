using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Client;

/// <summary>The client suite for the remote client over our server.</summary>
public sealed class RemoteClientSuite : ClientSuite, IAsyncLifetime
{
    private RunningServer? _server;

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _server!.DisposeAsync();
    }

    protected override async Task<ICdbClient> OpenAsync()
    {
        _server = await RunningServer.StartAsync();
        return await RemoteClient.OpenAsync(new RemoteOptions { Url = _server.Address, ApiKey = _server.OwnerKey }, CancellationToken.None);
    }
}

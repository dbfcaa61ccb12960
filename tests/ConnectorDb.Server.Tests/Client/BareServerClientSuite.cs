using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Server.Metrics;
using ConnectorDb.Server.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorDb.Server.Tests.Client;

/// <summary>
/// The remote client over our server that answers like ConnectorDB 0.3; the client then uses nothing beyond its protocol.
/// </summary>
public sealed class BareServerClientSuite : ClientSuite, IAsyncLifetime
{
    private RunningServer? _server;

    /// <remarks>Without an idempotency key, the time 0 means now, as in ConnectorDB 0.3.</remarks>
    protected override bool IsLossless => false;

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _server!.DisposeAsync();
    }

    protected override bool KeepsIdentities => false;

    protected override bool CanRemove => false;

    protected override bool ListsSessions => false;

    protected override bool HasLabels => false;

    protected override int ManyStreams => 100;

    /// <remarks>The client itself only waits half a second, because the old protocol has no acknowledgement.</remarks>
    protected override async Task FollowedAsync(int subscriptions)
    {
        ServerMetrics meters = _server!.Services.GetRequiredService<ServerMetrics>();
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        while (meters.Subscriptions < subscriptions)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), patience.Token);
        }
    }

    protected override async Task<ICdbClient> OpenAsync()
    {
        _server = await RunningServer.StartAsync(adapt: builder => builder.Services.AddSingleton<IStartupFilter, ConnectorDb03Behaviour>());
        return await RemoteClient.OpenAsync(new RemoteOptions { Url = _server.Address, ApiKey = _server.OwnerKey }, CancellationToken.None);
    }
}

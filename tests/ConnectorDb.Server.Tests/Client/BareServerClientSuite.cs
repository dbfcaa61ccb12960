using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Server.Metrics;
using ConnectorDb.Server.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorDb.Server.Tests.Client;

/// <summary>
/// The remote client over our server without the headers that ConnectorDB 0.3 lacks; the client then uses nothing beyond its
/// protocol.
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
        _server = await RunningServer.StartAsync(adapt: builder => builder.Services.AddSingleton<IStartupFilter, Bareness>());
        return await RemoteClient.OpenAsync(new RemoteOptions { Url = _server.Address, ApiKey = _server.OwnerKey }, CancellationToken.None);
    }

    private sealed class Bareness : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
        {
            application.Use((context, rest) =>
            {
                if (context.Request.Headers.ContainsKey(ProtocolHeaders.InsertId) || context.Request.Headers.ContainsKey(ProtocolHeaders.Prefer))
                {
                    throw new InvalidOperationException("A ConnectorDB 0.3 server has no idempotency keys and no preferences.");
                }

                context.Response.OnStarting(() =>
                {
                    context.Response.Headers.Remove(ProtocolHeaders.Version);
                    context.Response.Headers.Remove(ProtocolHeaders.Target);
                    return Task.CompletedTask;
                });
                return rest(context);
            });
            next(application);
        };
    }
}

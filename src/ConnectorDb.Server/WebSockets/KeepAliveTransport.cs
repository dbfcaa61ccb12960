using Microsoft.AspNetCore.Http.Features;

namespace ConnectorDb.Server.WebSockets;

/// <summary>Puts a <see cref="KeepAliveStream"/> below the websocket that the framework opens, over HTTP/1.1 (upgrade) and HTTP/2 (extended CONNECT).</summary>
internal sealed class KeepAliveTransport(IHttpUpgradeFeature? upgrade, IHttpExtendedConnectFeature? connect, TimeProvider time)
    : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    /// <summary>The stream of the opened websocket.</summary>
    public KeepAliveStream? Stream { get; private set; }

    public bool IsUpgradableRequest => upgrade?.IsUpgradableRequest == true;

    public bool IsExtendedConnect => connect?.IsExtendedConnect == true;

    public string? Protocol => connect?.Protocol;

    /// <summary>Adds the websockets of the framework over this transport.</summary>
    public static void Use(IApplicationBuilder application)
    {
        TimeProvider time = application.ApplicationServices.GetRequiredService<TimeProvider>();
        application.Use((context, next) =>
        {
            KeepAliveTransport transport = new(context.Features.Get<IHttpUpgradeFeature>(), context.Features.Get<IHttpExtendedConnectFeature>(), time);
            if (transport.IsUpgradableRequest || transport.IsExtendedConnect)
            {
                context.Features.Set<IHttpUpgradeFeature>(transport);
                context.Features.Set<IHttpExtendedConnectFeature>(transport);
                context.Features.Set(transport);
            }

            return next(context);
        });
        application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
    }

    public async Task<Stream> UpgradeAsync() => Stream = new KeepAliveStream(await upgrade!.UpgradeAsync(), time);

    public async ValueTask<Stream> AcceptAsync() => Stream = new KeepAliveStream(await connect!.AcceptAsync(), time);
}

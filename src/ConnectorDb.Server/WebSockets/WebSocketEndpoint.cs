using System.Net.WebSockets;
using ConnectorDb.Core.Engine;
using ConnectorDb.Server.Metrics;
using ConnectorDb.Server.Options;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.WebSockets;

/// <summary><c>/websocket</c>: subscriptions and inserts over a lasting connection.</summary>
internal static class WebSocketEndpoint
{
    /// <summary>Interval of pings, the same as that of ConnectorDB 0.3.</summary>
    private static readonly TimeSpan s_pingInterval = TimeSpan.FromSeconds(54);

    /// <summary>A client from which nothing arrives for this long is disconnected: one ping and a minute for the answer.</summary>
    private static readonly TimeSpan s_maxSilence = TimeSpan.FromSeconds(114);

    private static readonly TimeSpan s_closeTimeout = TimeSpan.FromSeconds(2);

    // HTTP/2 opens a websocket with CONNECT (RFC 8441).
    public static void MapWebSockets(this IEndpointRouteBuilder api) => api.MapMethods("/websocket", [HttpMethods.Get, HttpMethods.Connect], ServeAsync);

    private static async Task ServeAsync(HttpContext context)
    {
        Caller caller = context.Caller();
        if (caller.IsAnonymous)
        {
            throw new AuthenticationException("A websocket needs a login: send an API key, or user name and password.", null);
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw new BadHttpRequestException("This address only accepts websockets, version 13: send the headers 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13' and 'Sec-WebSocket-Key'.");
        }

        ServerMetrics metrics = context.RequestServices.GetRequiredService<ServerMetrics>();
        try
        {
            int limit = context.RequestServices.GetRequiredService<ServerOptions>().SocketLimit;
            if (metrics.AddWebSockets(1) > limit)
            {
                throw new BadHttpRequestException($"This server has its maximum of {limit} websockets open (--socket-limit). Close one, or try again later.", StatusCodes.Status503ServiceUnavailable);
            }

            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            await ServeAsync(context, caller, socket, context.Features.Get<KeepAliveTransport>()!.Stream!, metrics);
        }
        finally
        {
            metrics.AddWebSockets(-1);
        }
    }

    private static async Task ServeAsync(HttpContext context, Caller caller, WebSocket socket, KeepAliveStream stream, ServerMetrics metrics)
    {
        ServerOptions options = context.RequestServices.GetRequiredService<ServerOptions>();
        TimeProvider time = context.RequestServices.GetRequiredService<TimeProvider>();
        CancellationToken stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using CancellationTokenSource closeTimeout = new(Timeout.InfiniteTimeSpan, time);
        using CancellationTokenSource closing = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, closeTimeout.Token);
        CancellationToken closed = closing.Token;
        SlowReader readers = new(context, TimeSpan.FromSeconds(options.ReaderPatience), metrics, time);
        using WebSocketChannel channel = new(socket, stream, context.RequestServices.GetRequiredService<RecentFrames>(), options.MessageLimit, readers) { KnowsCmdlets = context.KnowsCmdlets() };
        CdbEngine engine = context.RequestServices.GetRequiredService<CdbEngine>();
        using ITimer pings = time.CreateTimer(_ => _ = PingAsync(context, engine, caller, channel, stream, closeTimeout, closed), null, s_pingInterval, s_pingInterval);

        // A login that ends, ends its websockets too.
        using IDisposable login = engine.WatchLogin(caller.Login, () => _ = RefuseAsync(channel, closeTimeout, closed));

        // When the server stops, the client is told, and has a moment to answer with its own close frame.
        using CancellationTokenRegistration stop = stopping.Register(() => _ = CloseAsync(channel, WebSocketCloseStatus.EndpointUnavailable, "The server stops.", closeTimeout, closed));
        try
        {
            await new WebSocketSession(caller.Client, channel, options.SubscriptionLimit, metrics, time).RunAsync(closed);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException)
        {
            // The client is gone, or the server stops. Nobody is left to report to.
        }
    }

    private static async Task PingAsync(
        HttpContext context, CdbEngine engine, Caller caller, WebSocketChannel channel, KeepAliveStream stream, CancellationTokenSource closeTimeout, CancellationToken closed)
    {
        try
        {
            // An open websocket uses its session. A session that has expired leaves no trace in the store that could be watched.
            if (!await engine.UseSessionAsync(caller.Login, closed))
            {
                await RefuseAsync(channel, closeTimeout, closed);
                return;
            }

            if (stream.Silence > s_maxSilence)
            {
                context.Abort();
                return;
            }

            await stream.PingAsync(closed);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException or StoreException)
        {
            // The store will be asked again at the next ping. Or the connection has ended; the reading side notices it too and ends the session.
        }
    }

    private static Task RefuseAsync(WebSocketChannel channel, CancellationTokenSource timeout, CancellationToken closed)
        => CloseAsync(channel, WebSocketCloseStatus.PolicyViolation, "The login has ended. Log in again.", timeout, closed);

    private static async Task CloseAsync(WebSocketChannel channel, WebSocketCloseStatus status, string reason, CancellationTokenSource timeout, CancellationToken closed)
    {
        try
        {
            timeout.CancelAfter(s_closeTimeout);
            await channel.CloseAsync(status, reason, closed);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            // The client left first.
        }
    }
}

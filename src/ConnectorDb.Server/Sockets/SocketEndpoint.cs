using System.Net.WebSockets;
using ConnectorDb.Server.Hosting;
using ConnectorDb.Server.Monitoring;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Sockets;

/// <summary><c>/websocket</c>: subscriptions and inserts over a connection that stays.</summary>
internal static class SocketEndpoint
{
    /// <summary>Between pings; original servers have the same.</summary>
    private static readonly TimeSpan s_pulse = TimeSpan.FromSeconds(54);

    /// <summary>A client that does not answer a ping within this is gone.</summary>
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(114);

    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    public static void MapSockets(this IEndpointRouteBuilder api) => api.MapGet("/websocket", ServeAsync);

    private static async Task ServeAsync(HttpContext context)
    {
        IServiceProvider services = context.RequestServices;
        Caller caller = context.Caller();
        if (caller.IsNobody)
        {
            throw new AuthenticationException("A websocket needs a login: send an API key, or user name and password.", null);
        }

        Meters meters = services.GetRequiredService<Meters>();
        try
        {
            int limit = services.GetRequiredService<ServerOptions>().SocketLimit;
            if (meters.SocketsBy(1) > limit)
            {
                throw new BadHttpRequestException($"This server has {limit} websockets open, and may not have more.", StatusCodes.Status503ServiceUnavailable);
            }

            await using PulseStream stream = new(await Handshake.AcceptAsync(context), services.GetRequiredService<TimeProvider>());
            await ServeAsync(context, caller, stream, meters);
        }
        finally
        {
            meters.SocketsBy(-1);
        }
    }

    private static async Task ServeAsync(HttpContext context, Caller caller, PulseStream stream, Meters meters)
    {
        ServerOptions options = context.RequestServices.GetRequiredService<ServerOptions>();
        TimeProvider time = context.RequestServices.GetRequiredService<TimeProvider>();
        CancellationToken stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using CancellationTokenSource farewell = new(Timeout.InfiniteTimeSpan, time);
        using CancellationTokenSource closing = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, farewell.Token);
        CancellationToken closed = closing.Token;
        using WebSocket socket = Handshake.Open(stream);
        using SocketChannel channel = new(socket, stream, context.RequestServices.GetRequiredService<RecentFrames>(), options.MessageLimit);
        using ITimer pulse = time.CreateTimer(_ => _ = BeatAsync(context, stream, closed), null, s_pulse, s_pulse);
        using CancellationTokenRegistration stop = stopping.Register(() => _ = SayFarewellAsync(channel, farewell, closed));
        try
        {
            await new SocketSession(caller.Client, channel, options.SubscriptionLimit, meters, time).RunAsync(closed);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException)
        {
            // The client is gone, or the server stops; there is nobody to tell.
        }
    }

    private static async Task BeatAsync(HttpContext context, PulseStream stream, CancellationToken closing)
    {
        try
        {
            if (stream.Silence > s_longestSilence)
            {
                context.Abort();
                return;
            }

            await stream.PingAsync(closing);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // It is over, and whoever reads from it has noticed.
        }
    }

    /// <summary>Tells the client that the server stops, and lets it answer.</summary>
    private static async Task SayFarewellAsync(SocketChannel channel, CancellationTokenSource farewell, CancellationToken closed)
    {
        try
        {
            farewell.CancelAfter(s_farewell);
            await channel.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "The server stops.", closed);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            // The client is gone before.
        }
    }
}

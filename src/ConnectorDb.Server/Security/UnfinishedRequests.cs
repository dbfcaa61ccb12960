using ConnectorDb.Server.Options;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ConnectorDb.Server.Security;

/// <summary>
/// Ends connections when the server stops whose request has not arrived: its headers are incomplete, or it is answered and its body is not. Kestrel waits for the whole patience for them, because its own
/// time limits end with the start of the stop.
/// </summary>
internal sealed class UnfinishedRequests(ServerOptions options, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);

    /// <summary>The part of the stop patience between two looks at a connection.</summary>
    private const double ShareOfPatience = 0.1;

    private TimeSpan Interval => TimeSpan.FromSeconds(options.StopPatience) * ShareOfPatience is var share && share < s_longest ? share : s_longest;

    /// <summary>Watches the connections of an endpoint.</summary>
    public void Watch(ListenOptions endpoint) => endpoint.Use(next => connection => ServeAsync(connection, next));

    /// <summary>Counts the requests that are in progress on a connection.</summary>
    public static void Use(IApplicationBuilder application) => application.Use(async (context, next) =>
    {
        RunningRequests? running = context.Features.Get<RunningRequests>();
        running?.Add(1);
        try
        {
            await next(context);
        }
        finally
        {
            running?.Add(-1);
        }
    });

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        RunningRequests running = new();
        connection.Features.Set(running);
        await using CancellationTokenRegistration stop = lifetime.ApplicationStopping.Register(() => _ = EndAsync(connection, running));
        await next(connection);
    }

    // Two looks, so that an answer that has just been given has time to leave.
    private async Task EndAsync(ConnectionContext connection, RunningRequests running)
    {
        if (Interval == TimeSpan.Zero)
        {
            return;
        }

        using PeriodicTimer looks = new(Interval);
        try
        {
            for (int idle = 0; idle < 2; idle = running.Count == 0 ? idle + 1 : 0)
            {
                await looks.WaitForNextTickAsync(connection.ConnectionClosed);
            }

            connection.Abort();
        }
        catch (OperationCanceledException)
        {
            // The connection has ended by itself.
        }
    }

    private sealed class RunningRequests
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Add(int change) => Interlocked.Add(ref _count, change);
    }
}

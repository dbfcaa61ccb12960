using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Server.Sockets;

/// <summary>
/// One subscription of a socket. Each batch is sent before the next is read, so that a client that is slow falls behind on disk, by
/// index, and nowhere else.
/// </summary>
internal sealed class SocketSubscription(SocketCommand command, ISubscription source, SocketChannel channel, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _ending = new();
    private long _sent = source.Position;

    /// <summary>Sends; until the stream is gone, or it is disposed of.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public SocketCommand Command => command;

    /// <summary>The index that data begins with.</summary>
    public long Start => source.Position;

    public bool HasBegun { get; private set; }

    public void Begin(CancellationToken closing)
    {
        HasBegun = true;

        // What belongs to the request is not carried along with each message.
        using AsyncFlowControl apart = ExecutionContext.SuppressFlow();
        Running = Task.Run(() => RunAsync(closing), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await source.DisposeAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    /// <param name="closing">Only the end of the socket breaks off a message that is being sent: half a message would end the socket.</param>
    private async Task RunAsync(CancellationToken closing)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token, closing);
        while (true)
        {
            try
            {
                await DeliverAsync(either.Token, closing);
                return;
            }
            catch (CdbException error)
            {
                await channel.SendAsync(SocketMessage.Refused(command, Failure.Of(error)), closing);
                if (error is NotFoundException or AuthenticationException or StoreException { Fault: StoreFault.Closed })
                {
                    return;
                }

                if (error is StoreException)
                {
                    await Task.Delay(s_pauseAfterFailure, time, either.Token);
                }
            }
        }
    }

    private async Task DeliverAsync(CancellationToken ending, CancellationToken closing)
    {
        await foreach (Block batch in source.ReadAsync(ending))
        {
            long next = source.Position;
            SocketMessage message = new()
            {
                Stream = command.Argument!,
                Transform = command.Transform,
                Id = command.Id,
                Index = next < _sent ? 0 : _sent,
                Next = next,
                Data = batch,
            };
            await channel.SendAsync(message, closing);
            _sent = next;
        }
    }
}

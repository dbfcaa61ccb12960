using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Sockets;
using ConnectorDb.Core.Retry;

namespace ConnectorDb.Server.WebSockets;

/// <summary>Sends the batches of one subscription to the client.</summary>
/// <remarks>Each batch is sent before the next one is read from the store, so that a slow client costs no memory: it only lags behind by index.</remarks>
internal sealed class WebSocketSubscription(SocketCommand command, ISubscription source, WebSocketChannel channel, TimeProvider time) : IAsyncDisposable
{
    private static readonly Backoff s_retry = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    private readonly CancellationTokenSource _ending = new();
    private long _sent = source.Position;
    private int _failures;

    /// <summary>Completes when the stream is deleted or the subscription is disposed.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public SocketCommand Command => command;

    /// <summary>The index of the first datapoint to send.</summary>
    public long Start => source.Position;

    public bool HasBegun { get; private set; }

    public void Begin(CancellationToken closing)
    {
        HasBegun = true;

        // The execution context of the request would be kept alive by the task and restored for each message.
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

    // Disposing stops reading, but not a message that is being sent: half a frame would corrupt the websocket. Only the end of the socket
    // (closing) interrupts a send.
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
                    await Task.Delay(s_retry.After(++_failures), time, either.Token);
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
                Index = Math.Min(next, _sent),
                Next = next,
                Data = batch,
            };
            await channel.SendAsync(message, closing);
            _sent = next;
            _failures = 0;
        }
    }
}

using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Core.Client.Remote.Sockets;

/// <summary>A subscription at a server: a position in the stream, and a signal to read on.</summary>
/// <remarks>
/// A message is delivered when its index is the next one. Any other message, a broken connection and a full queue only cause a read by
/// index, so that datapoints are neither lost nor delivered twice.
/// </remarks>
internal class RemoteSubscription : ISubscription
{
    /// <summary>Maximum number of datapoints in one read by index.</summary>
    private const long BatchSize = 4096;

    private readonly SocketConnection _socket;
    private readonly ICdbClient _client;
    private readonly RemoteOptions _settings;
    private readonly MessageQueue _messages = new();
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource<long?> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position = -1;

    /// <summary>The server may have had news of the stream that it could not send.</summary>
    private volatile bool _wasBroken;
    private volatile bool _isBehind;
    private volatile CdbException? _failure;
    private int _readers;
    private int _disposals;

    /// <param name="isEphemeral">The stream stores nothing, so messages are delivered as they come.</param>
    public RemoteSubscription(SubscriptionQuery query, SocketConnection socket, ICdbClient client, RemoteOptions settings, bool isEphemeral = false)
    {
        Id = socket.NextId();
        Query = query;
        IsEphemeral = isEphemeral;
        _socket = socket;
        _client = client;
        _settings = settings;
    }

    /// <summary>The id of the subscription on its websocket.</summary>
    public long Id { get; }

    public SubscriptionQuery Query { get; }

    public long Position => Volatile.Read(ref _position);

    public long Missed => _messages.Dropped;

    public CdbException? Interruption => _socket.Interruption;

    private protected bool IsEphemeral { get; }

    /// <summary>The command that starts or ends the subscription.</summary>
    public virtual SocketCommand Command(string name) => new() { Name = name, Argument = Query.Stream.ToString(), Transform = Query.Transform, Id = Id };

    /// <summary>True when the message belongs to this subscription.</summary>
    public bool Matches(SocketMessage message) => message.Id is { } id
        ? id == Id
        : message.Command is null && message.Stream == Query.Stream.ToString() && (message.Transform ?? "") == (Command("").Transform ?? "");

    /// <summary>True when ending this subscription at the server would end the other one, too.</summary>
    public virtual bool SharesCommand(RemoteSubscription other) => false;

    /// <summary>Waits until the server has accepted the subscription; every later datapoint is delivered.</summary>
    public async Task WaitForAcceptanceAsync(CancellationToken cancellation)
    {
        long start = await AcceptedIndexAsync(cancellation).ConfigureAwait(false) ?? await _client.CountAsync(Query.Stream, cancellation).ConfigureAwait(false);
        Volatile.Write(ref _position, Query.FromIndex ?? start);
        ReadOn();
    }

    public void Receive(SocketMessage message)
    {
        if (message.Failure is { } failure)
        {
            Fail(failure.ToException(Query.Stream) ?? new StoreException(StoreFault.Failed, failure.Message, Query.Stream));
        }
        else if (message.Command is not null)
        {
            if (message.Command == SocketCommand.Subscribe && !_accepted.TrySetResult(message.Index))
            {
                CheckForMore();
            }
        }
        else
        {
            _messages.Add(message, IsTransient(message));
            Wake();
        }
    }

    /// <summary>Makes the reader read on by index after the connection was broken.</summary>
    public void CheckForMore()
    {
        _wasBroken = true;
        ReadOn();
    }

    /// <summary>Makes the reader, or the pending acceptance, throw the error.</summary>
    public void Fail(CdbException error)
    {
        if (!_accepted.TrySetException(error))
        {
            _failure = error;
            Wake();
        }
        else
        {
            // Nobody may await the task any more; reading the exception marks it as observed.
            _ = _accepted.Task.Exception;
        }
    }

    public async IAsyncEnumerable<Block> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _readers, 1) == 1)
        {
            throw new InvalidOperationException("A subscription has one reader at a time. Open another subscription for another reader.");
        }

        try
        {
            int failures = 0;
            while (Volatile.Read(ref _disposals) == 0)
            {
                if (_failure is { } failure)
                {
                    _failure = failure is NotFoundException ? failure : null;
                    throw failure;
                }

                Block? batch = TakeMessage();
                if (batch is null && _isBehind)
                {
                    (batch, failures) = await FetchAsync(failures, cancellation).ConfigureAwait(false);
                }

                if (batch is { Count: > 0 })
                {
                    yield return batch;
                }
                else if (batch is null && !_isBehind && !await _wakes.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
                {
                    yield break;
                }

                _wakes.Reader.TryRead(out _);
            }
        }
        finally
        {
            Volatile.Write(ref _readers, 0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Increment(ref _disposals) == 1)
        {
            _wakes.Writer.TryComplete();
            await _socket.EndAsync(this).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the answer of the server; the index at which the subscription begins, or null when the server does not tell.</summary>
    private protected virtual async Task<long?> AcceptedIndexAsync(CancellationToken cancellation)
        => await _accepted.Task.WaitAsync(_settings.Timeout, _settings.Time, cancellation).ConfigureAwait(false);

    private void ReadOn()
    {
        _isBehind = !IsEphemeral;
        Wake();
    }

    private void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>The datapoints of the oldest message, empty unless its index is the next one; null when there is no message.</summary>
    private Block? TakeMessage()
    {
        _isBehind |= _messages.TakeHasDropped() && !IsEphemeral;
        if (_messages.Take() is not { } message)
        {
            return null;
        }

        if (IsTransient(message))
        {
            // The sequence has become shorter, and continues here.
            if (message.Next < _position && !IsEphemeral)
            {
                Volatile.Write(ref _position, message.Next.Value);
            }

            return message.Data;
        }

        if (message.Index == _position && message.Next is { } next && !_isBehind)
        {
            Volatile.Write(ref _position, next);
            return message.Data;
        }

        _isBehind |= message.Next is null || message.Next > _position || message.Index < _position;
        return Block.Empty;
    }

    /// <summary>Reads the next batch by index; while the server cannot be reached, retries with growing pauses.</summary>
    private async ValueTask<(Block? Batch, int Failures)> FetchAsync(int failures, CancellationToken cancellation)
    {
        try
        {
            // Reset before the count is read: a message that arrives in between sets it again.
            _isBehind = false;
            long count = await _client.CountAsync(Query.Stream, cancellation).ConfigureAwait(false);
            if (count < _position)
            {
                Restart(count);
            }

            _wasBroken = false;

            if (count <= _position)
            {
                return (null, 0);
            }

            long to = Math.Min(count, _position + BatchSize);
            BlockBuilder batch = new();
            DataQuery missing = new(Query.Stream) { I1 = _position, I2 = to, Transform = Query.Transform };
            await foreach (Block block in _client.ReadAsync(missing, cancellation).ConfigureAwait(false))
            {
                batch.Add(block, 0, block.Count);
            }

            Volatile.Write(ref _position, to);
            _isBehind |= to < count;
            return (batch.Build(), 0);
        }
        catch (StoreException error) when (error.Fault == StoreFault.Unreachable)
        {
            await Task.Delay(_settings.Retries.PauseAfter(failures + 1), _settings.Time, cancellation).ConfigureAwait(false);
            _isBehind = true;
            return (null, failures + 1);
        }
        catch (ScriptRuntimeException)
        {
            // The batch counts as delivered; otherwise every further read would fail with it.
            Volatile.Write(ref _position, Math.Min(_position + BatchSize, await _client.CountAsync(Query.Stream, cancellation).ConfigureAwait(false)));
            _isBehind = true;
            throw;
        }
    }

    /// <summary>
    /// Handles a stream with fewer datapoints than were read: a cleared downlink starts again, and after a removal the next datapoint follows.
    /// A server tells of a replaced stream, unless the connection was broken.
    /// </summary>
    private void Restart(long count)
    {
        if (!Query.Stream.IsDownlink && !_wasBroken)
        {
            Volatile.Write(ref _position, count);
            return;
        }

        if (!Query.Stream.IsDownlink)
        {
            throw new NotFoundException($"'{Query.Stream}' has {CountText.Of(count, "datapoint")}, but {_position} were read: it was deleted and created again, or its newest datapoints were removed. Subscribe again.", Query.Stream);
        }

        Volatile.Write(ref _position, 0);
    }

    private bool IsTransient(SocketMessage message) => IsEphemeral || (message.Index is not null && message.Index == message.Next);
}

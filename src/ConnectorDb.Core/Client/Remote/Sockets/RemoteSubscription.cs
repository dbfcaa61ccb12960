using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Core.Client.Remote.Sockets;

/// <summary>
/// A position in a stream of a server, and a bell. What the socket brings is taken when it is just what comes next; anything
/// else, also after a break or when the reader is slow, is only the sign to read on by index.
/// </summary>
internal sealed class RemoteSubscription : ISubscription
{
    /// <summary>Datapoints fetched at once.</summary>
    private const long BatchSize = 4096;

    /// <summary>An original server does not say when it has followed a command; this is time enough.</summary>
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(500);

    private readonly SocketConnection _socket;
    private readonly ICdbClient _client;
    private readonly RemoteOptions _settings;
    private readonly bool _isOriginal;
    private readonly bool _isPassing;
    private readonly ArrivedMessages _arrived = new();
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource<long?> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position = -1;
    private volatile bool _isBehind;
    private volatile CdbException? _failure;
    private int _readers;
    private int _disposals;

    /// <param name="isPassing">The datapoints are kept nowhere: they are taken as they come.</param>
    public RemoteSubscription(long id, SubscriptionQuery query, SocketConnection socket, ICdbClient client, RemoteOptions settings, bool isOriginal, bool isPassing)
    {
        Id = id;
        Query = query;
        _socket = socket;
        _client = client;
        _settings = settings;
        _isOriginal = isOriginal;
        _isPassing = isPassing;
    }

    /// <summary>The number that the server knows it by.</summary>
    public long Id { get; }

    public SubscriptionQuery Query { get; }

    public long Position => Volatile.Read(ref _position);

    public long Missed => _arrived.Missed;

    /// <summary>
    /// The command that makes or ends it. An original server is asked for the bare datapoints, as a bell: the transform is applied
    /// when they are read.
    /// </summary>
    public SocketCommand Command(string name) => new()
    {
        Name = name,
        Argument = Query.Stream.ToString(),
        Transform = _isOriginal && !_isPassing ? null : Query.Transform,
        Id = _isOriginal ? null : Id,
    };

    /// <summary>The message is for this subscription; an original server names path and transform only.</summary>
    public bool IsFedBy(SocketMessage message)
        => message.Command is null && message.Stream == Query.Stream.ToString() && (message.Transform ?? "") == (Command("").Transform ?? "");

    public bool IsFedLike(RemoteSubscription other) => other.Query.Stream == Query.Stream && other.Command("").Transform == Command("").Transform;

    /// <summary>Waits until the server has taken it; then nothing that is written is missed.</summary>
    public async Task AcceptedAsync(CancellationToken cancellation)
    {
        if (_isOriginal)
        {
            await Task.Delay(s_settling, _settings.Time, cancellation).ConfigureAwait(false);
        }

        long? live = _isOriginal ? null : await _accepted.Task.WaitAsync(_settings.Timeout, _settings.Time, cancellation).ConfigureAwait(false);
        long now = live ?? await _client.CountAsync(Query.Stream, cancellation).ConfigureAwait(false);
        Volatile.Write(ref _position, Query.FromIndex ?? now);
        LookAgain();
    }

    public void Take(SocketMessage message)
    {
        if (message.Failure is { } failure)
        {
            Fail(failure.ToException(Query.Stream) ?? new StoreException(StoreFault.Failed, failure.Message, Query.Stream));
        }
        else if (message.Command is not null)
        {
            if (message.Command == SocketCommand.Subscribe && !_accepted.TrySetResult(message.Index))
            {
                LookAgain();
            }
        }
        else
        {
            _arrived.Add(message, IsPassing(message));
            Wake();
        }
    }

    /// <summary>Has the reader look by index whether there is more.</summary>
    public void LookAgain()
    {
        _isBehind = !_isPassing;
        Wake();
    }

    /// <summary>Tells the reader.</summary>
    public void Fail(CdbException error)
    {
        if (!_accepted.TrySetException(error))
        {
            _failure = error;
            Wake();
        }
        else
        {
            _ = _accepted.Task.Exception;
        }
    }

    public async IAsyncEnumerable<Block> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _readers, 1) == 1)
        {
            throw new InvalidOperationException("A subscription is read by one reader at a time. Subscribe once more for another.");
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

                Block? batch = FromSocket();
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
            await _socket.LeaveAsync(this).ConfigureAwait(false);
        }
    }

    private void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>What the socket has brought, when it is what comes next; null when there is nothing more of it.</summary>
    private Block? FromSocket()
    {
        _isBehind |= _arrived.HasLost && !_isPassing;
        if (_arrived.Take() is not { } message)
        {
            return null;
        }

        if (IsPassing(message))
        {
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

    /// <summary>Reads on by index. While the server cannot be reached, it is tried again and again.</summary>
    private async ValueTask<(Block? Batch, int Failures)> FetchAsync(int failures, CancellationToken cancellation)
    {
        try
        {
            _isBehind = false;
            long count = await _client.CountAsync(Query.Stream, cancellation).ConfigureAwait(false);
            if (count < _position)
            {
                Restart(count);
            }

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
            // The batch counts as delivered, or the reader would meet it for ever.
            Volatile.Write(ref _position, Math.Min(_position + BatchSize, await _client.CountAsync(Query.Stream, cancellation).ConfigureAwait(false)));
            _isBehind = true;
            throw;
        }
    }

    /// <summary>There is less than was read already: a downlink was cleared, or the stream is another one.</summary>
    private void Restart(long count)
    {
        if (!Query.Stream.IsDownlink)
        {
            throw new NotFoundException($"'{Query.Stream}' has only {count} datapoints where {_position} were read: it was deleted, and is another stream now. Subscribe again, if that one is meant.", Query.Stream);
        }

        Volatile.Write(ref _position, 0);
    }

    private bool IsPassing(SocketMessage message) => _isPassing || (message.Index is not null && message.Index == message.Next);
}

using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Security;

/// <summary>Admits request bodies while their bytes, in all and of one caller, are within the limits. Others wait a moment for their turn.</summary>
internal sealed class BodyAdmission(ServerOptions options, TimeProvider time)
{
    private const int MaxWaiting = 1000;

    /// <summary>The size of a body in bytes up to which it may use the reserve, an eighth of the limit: large bodies that arrive slowly do not keep out small ones.</summary>
    private const long SmallBody = 64 << 10;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _byCaller = new(StringComparer.Ordinal);
    private readonly LinkedList<Waiting> _waiting = [];
    private long _all;

    /// <summary>The bytes of the bodies that are admitted.</summary>
    public long Bytes => Volatile.Read(ref _all);

    /// <summary>Waits until the body is admitted. <see cref="Leave"/> ends the admission.</summary>
    /// <exception cref="ServerBusyException">The limit was reached for too long.</exception>
    public async ValueTask EnterAsync(string caller, long bytes, CancellationToken cancellation)
    {
        LinkedListNode<Waiting> place;
        lock (_lock)
        {
            if (TryTake(caller, bytes))
            {
                return;
            }

            if (_waiting.Count >= MaxWaiting)
            {
                throw Busy(caller, bytes);
            }

            place = _waiting.AddLast(new Waiting(caller, bytes));
        }

        try
        {
            await place.Value.Turn.Task.WaitAsync(s_patience, time, cancellation);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            lock (_lock)
            {
                if (place.List is not null)
                {
                    _waiting.Remove(place);
                    throw error is TimeoutException ? Busy(caller, bytes) : error;
                }
            }

            // The turn came at the same moment.
            if (error is OperationCanceledException)
            {
                Leave(caller, bytes);
                throw;
            }
        }
    }

    /// <summary>Admits further bytes of a body of unknown length, without waiting: bodies that wait for each other would never end.</summary>
    /// <exception cref="ServerBusyException">The limit is reached.</exception>
    public void Grow(string caller, long bytes)
    {
        lock (_lock)
        {
            if (!TryTake(caller, bytes))
            {
                throw Busy(caller, bytes);
            }
        }
    }

    public void Leave(string caller, long bytes)
    {
        lock (_lock)
        {
            _all -= bytes;
            long left = _byCaller[caller] - bytes;
            if (left > 0)
            {
                _byCaller[caller] = left;
            }
            else
            {
                _byCaller.Remove(caller);
            }

            for (LinkedListNode<Waiting>? place = _waiting.First; place is not null;)
            {
                LinkedListNode<Waiting>? next = place.Next;
                if (TryTake(place.Value.Caller, place.Value.Bytes))
                {
                    _waiting.Remove(place);
                    place.Value.Turn.SetResult();
                }

                place = next;
            }
        }
    }

    // A body that is alone is admitted whatever its size, which --body-limit bounds.
    private bool TryTake(string caller, long bytes)
    {
        long own = _byCaller.GetValueOrDefault(caller);
        if ((own > 0 && own + bytes > options.CallerBodiesLimit) || (_all > 0 && _all + bytes > options.BodiesLimit + (bytes <= SmallBody ? options.BodiesLimit / 8 : 0)))
        {
            return false;
        }

        _byCaller[caller] = own + bytes;
        _all += bytes;
        return true;
    }

    private ServerBusyException Busy(string caller, long bytes)
        => _byCaller.GetValueOrDefault(caller) + bytes > options.CallerBodiesLimit
            ? new ServerBusyException(StatusCodes.Status429TooManyRequests, $"This user has as many request bodies in progress as one may have ({options.CallerBodiesLimit} bytes, --caller-bodies-limit). Wait for the answers, or send less at the same time.", s_retry)
            : new ServerBusyException(StatusCodes.Status503ServiceUnavailable, $"The server has as many request bodies in progress as it may have ({options.BodiesLimit} bytes, --bodies-limit). Repeat the request later.", s_retry);

    private sealed record Waiting(string Caller, long Bytes)
    {
        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

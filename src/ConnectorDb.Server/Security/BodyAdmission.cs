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

    /// <summary>The bodies that have grown beyond the limit of their callers.</summary>
    private readonly Dictionary<string, AdmittedBody> _beyond = new(StringComparer.Ordinal);

    /// <summary>The body that has grown beyond the limit of all.</summary>
    private AdmittedBody? _beyondAll;
    private long _all;

    /// <summary>The bytes of the bodies that are admitted.</summary>
    public long Bytes => Volatile.Read(ref _all);

    /// <summary>Waits until the body is admitted. <see cref="Leave"/> ends the admission.</summary>
    /// <exception cref="ServerBusyException">The limit was reached for too long.</exception>
    public ValueTask EnterAsync(string caller, long bytes, CancellationToken cancellation) => WaitAsync(new Waiting(caller, bytes, null), cancellation);

    /// <summary>Waits until further bytes of a body of unknown length are admitted.</summary>
    /// <inheritdoc cref="EnterAsync"/>
    public ValueTask GrowAsync(AdmittedBody body, long bytes, CancellationToken cancellation) => WaitAsync(new Waiting(body.Caller, bytes, body), cancellation);

    private async ValueTask WaitAsync(Waiting waiting, CancellationToken cancellation)
    {
        LinkedListNode<Waiting> place;
        lock (_lock)
        {
            if (TryTake(waiting))
            {
                return;
            }

            if (_waiting.Count >= MaxWaiting)
            {
                throw Busy(waiting);
            }

            place = _waiting.AddLast(waiting);
        }

        try
        {
            await waiting.Turn.Task.WaitAsync(s_patience, time, cancellation);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            lock (_lock)
            {
                if (place.List is not null)
                {
                    _waiting.Remove(place);
                    throw error is TimeoutException ? Busy(waiting) : error;
                }
            }

            // The turn came at the same moment.
            if (error is OperationCanceledException)
            {
                Leave(waiting.Caller, waiting.Bytes, null);
                throw;
            }
        }
    }

    /// <param name="caller">The caller.</param>
    /// <param name="bytes">The bytes that were admitted.</param>
    /// <param name="body">The body of unknown length that ends; null for others.</param>
    public void Leave(string caller, long bytes, AdmittedBody? body)
    {
        lock (_lock)
        {
            _beyondAll = _beyondAll == body ? null : _beyondAll;
            if (body is not null && _beyond.GetValueOrDefault(caller) == body)
            {
                _beyond.Remove(caller);
            }

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
                if (TryTake(place.Value))
                {
                    _waiting.Remove(place);
                    place.Value.Turn.SetResult();
                }

                place = next;
            }
        }
    }

    // A body that is alone is admitted whatever its size, which --body-limit bounds. Of the bodies that grow, one of each caller may grow beyond the limit of its caller, and one of all
    // beyond both limits, until it ends: bodies that wait for each other would never end.
    private bool TryTake(Waiting waiting)
    {
        (string caller, long bytes, AdmittedBody? body) = waiting;
        long own = _byCaller.GetValueOrDefault(caller);
        bool fitsOwn = own == 0 || own + bytes <= options.CallerBodiesLimit;
        bool fitsAll = _all == 0 || _all + bytes <= options.BodiesLimit + (body is null && bytes <= SmallBody ? options.BodiesLimit / 8 : 0);
        if (!(fitsOwn && fitsAll) && (body is null || !MayGrowBeyond(body, fitsOwn, fitsAll)))
        {
            return false;
        }

        _byCaller[caller] = own + bytes;
        _all += bytes;
        return true;
    }

    private bool MayGrowBeyond(AdmittedBody body, bool fitsOwn, bool fitsAll)
    {
        if (_beyondAll == body)
        {
            return true;
        }

        AdmittedBody? ofCaller = _beyond.GetValueOrDefault(body.Caller);
        bool mayOwn = fitsOwn || ofCaller is null || ofCaller == body;
        bool mayAll = fitsAll || _beyondAll is null;
        if (!mayOwn || !mayAll)
        {
            return false;
        }

        _beyondAll = fitsAll ? _beyondAll : body;
        if (!fitsOwn)
        {
            _beyond[body.Caller] = body;
        }

        return true;
    }

    private ServerBusyException Busy(Waiting waiting)
        => _byCaller.GetValueOrDefault(waiting.Caller) + waiting.Bytes > options.CallerBodiesLimit
            ? new ServerBusyException(StatusCodes.Status429TooManyRequests, $"This user has as many request bodies in progress as one may have ({options.CallerBodiesLimit} bytes, --caller-bodies-limit). Wait for the answers, or send less at the same time.", s_retry)
            : new ServerBusyException(StatusCodes.Status503ServiceUnavailable, $"The server has as many request bodies in progress as it may have ({options.BodiesLimit} bytes, --bodies-limit). Repeat the request later.", s_retry);

    /// <param name="Caller">The caller.</param>
    /// <param name="Bytes">The bytes to admit.</param>
    /// <param name="Body">The body that grows by them; null for a body of known length, or the start of another.</param>
    private sealed record Waiting(string Caller, long Bytes, AdmittedBody? Body)
    {
        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

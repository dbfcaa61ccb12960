using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Appending;
using ConnectorDb.Core.Client.Remote.ConnectorDb03;

namespace ConnectorDb.Core.Client.Buffering;

/// <summary>Collects datapoints for any number of streams, and appends them in one call.</summary>
/// <remarks>
/// An append starts when the buffer is full or its oldest datapoint has waited for <see cref="MaxAge"/>. With thousands of streams it takes
/// more and waits longer, because a stream with one datapoint takes as long to append as one with several. Invalid datapoints are reported,
/// the others are stored. One thread adds; the timer appends on another one, while the buffer fills again.
/// </remarks>
public sealed class BufferedAppend : IAsyncDisposable
{
    /// <summary>Maximum time that a datapoint waits for others, in a buffer of few streams.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(100);

    /// <summary>The additional time for each stream in the buffer: several times that of appending the stream.</summary>
    private static readonly TimeSpan s_ageOfStream = TimeSpan.FromMicroseconds(50);

    private const int MaxCount = 32_768;

    /// <summary>The number of additional datapoints in the buffer for each of its streams.</summary>
    private const int CountOfStream = 8;

    private const long MaxText = 4_000_000;

    private readonly ICdbClient _client;
    private readonly AppendOptions _options;
    private readonly SemaphoreSlim _appending = new(1, 1);
    private readonly object _collecting = new();
    private readonly Dictionary<CdbPath, StreamBuffer> _streams = [];
    private readonly ConcurrentQueue<BufferedError> _errors = new();
    private readonly Timer _timer;
    private long _begun;
    private bool _isDue;
    private List<StreamBuffer> _waiting = [];
    private List<BufferedBlock> _sealed = [];
    private ArrivalOrder? _order;
    private ExceptionDispatchInfo? _failure;
    private bool _isOver;
    private long _written;
    private double _now;
    private int _count;
    private long _text;

    /// <param name="restamp">Datapoints older than the newest get its time.</param>
    /// <param name="stopsAtInvalid">The first datapoint that is not stored ends the append: of all streams, what was added before it is stored, and nothing after it.</param>
    public BufferedAppend(ICdbClient client, bool restamp, bool stopsAtInvalid = false)
    {
        _client = client;
        _options = new AppendOptions { Restamp = restamp, OnInvalid = stopsAtInvalid ? OnInvalid.StopAtInvalid : OnInvalid.RejectInvalid };
        _order = stopsAtInvalid ? new ArrivalOrder() : null;
        _timer = new Timer(_ => FlushInBackground());
    }

    /// <summary>Returns the buffer of a stream; the same object for the same path.</summary>
    public StreamBuffer Open(CdbPath path)
    {
        if (!_streams.TryGetValue(path, out StreamBuffer? stream))
        {
            // Where there is one stream only, its builder grows once.
            _streams[path] = stream = new StreamBuffer(path, _streams.Count == 0 ? MaxCount : 1);
        }

        return stream;
    }

    /// <summary>Adds a datapoint with a time, or with the current time when <paramref name="t"/> is NaN; such times never decrease.</summary>
    /// <returns>True when the buffer is full and must be flushed.</returns>
    public bool Add(StreamBuffer stream, double t, DataValue value)
    {
        ArgumentNullException.ThrowIfNull(stream);
        bool hasArrivalTime = double.IsNaN(t);
        lock (_collecting)
        {
            if (stream.Waiting == 0)
            {
                _waiting.Add(stream);
            }
            else if (stream.HasArrivalTimes != hasArrivalTime)
            {
                _sealed.Add(stream.Seal());
            }

            stream.Add(hasArrivalTime ? Now() : t, value, hasArrivalTime);
            _text += TextLength(value);
            return CountMore(stream, 1);
        }
    }

    /// <summary>Adds datapoints in order; without times (NaN) they get the current one.</summary>
    /// <inheritdoc cref="Add(StreamBuffer, double, DataValue)"/>
    public bool Add(StreamBuffer stream, Block points)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(points);
        bool haveArrivalTimes = points.Count > 0 && double.IsNaN(points.Times.Span[0]);
        Block timed = haveArrivalTimes ? points.With(Enumerable.Repeat(Now(), points.Count).ToArray()) : points;
        lock (_collecting)
        {
            if (stream.Waiting > 0)
            {
                _sealed.Add(stream.Seal());
            }

            _sealed.Add(stream.Seal(new StreamBlock(stream.Path, timed.ToBare()) { HasArrivalTimes = haveArrivalTimes }));
            return CountMore(stream, points.Count);
        }
    }

    /// <summary>Appends all datapoints in the buffer; on return they are on disk, except those of <see cref="TryGetError"/>.</summary>
    public async ValueTask FlushAsync()
    {
        await _appending.WaitAsync().ConfigureAwait(false);
        try
        {
            _failure?.Throw();
            (List<BufferedBlock> blocks, ArrivalOrder? order) = Take();
            await AppendAsync(blocks, order).ConfigureAwait(false);
        }
        finally
        {
            _appending.Release();
        }
    }

    public bool TryGetError([NotNullWhen(true)] out BufferedError? error) => _errors.TryDequeue(out error);

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        if (_failure is null)
        {
            await FlushAsync().ConfigureAwait(false);
        }
    }

    private bool CountMore(StreamBuffer stream, int more)
    {
        _order?.Add(stream, more);
        if (_count == 0)
        {
            _begun = Stopwatch.GetTimestamp();
            _timer.Change(MaxAge, Timeout.InfiniteTimeSpan);
        }

        _count += more;
        if (_order is not null)
        {
            return _count >= MaxCount || _text >= ArrivalOrder.MaxText || _failure is not null;
        }

        if (!_isDue && IsFull(1) && !IsFull(2))
        {
            _isDue = true;
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        return IsFull(2) || _failure is not null;
    }

    /// <summary>True when the buffer is as full as for this number of appends.</summary>
    private bool IsFull(int appends) => _count >= appends * (MaxCount + (_waiting.Count * CountOfStream)) || _text >= appends * MaxText;

    private static long TextLength(DataValue value)
    {
        long length = 0;
        switch (value.Kind)
        {
            case DataKind.Text:
                return value.AsText().Length;
            case DataKind.Array:
                foreach (DataValue item in value.AsArray())
                {
                    length += TextLength(item);
                }

                return length;
            case DataKind.Object:
                foreach ((string name, DataValue member) in value.AsObject().Members)
                {
                    length += name.Length + TextLength(member);
                }

                return length;
            default:
                return 0;
        }
    }

    /// <summary>The arrival time, which does not decrease when the clock is set back.</summary>
    private double Now() => _now = Math.Max(_now, UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow()));

    /// <summary>Flushes from the timer; an unexpected exception is thrown by the next flush.</summary>
    private async void FlushInBackground()
    {
        try
        {
            if (!WaitLonger())
            {
                await FlushAsync().ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            _failure ??= ExceptionDispatchInfo.Capture(error);
        }
    }

    /// <summary>False when the datapoints have waited long enough for the number of their streams.</summary>
    private bool WaitLonger()
    {
        lock (_collecting)
        {
            TimeSpan rest = MaxAge + (_waiting.Count * s_ageOfStream) - Stopwatch.GetElapsedTime(_begun);
            return _count > 0 && !_isDue && rest > MaxAge / 10 && _timer.Change(rest, Timeout.InfiniteTimeSpan);
        }
    }

    private (List<BufferedBlock> Blocks, ArrivalOrder? Order) Take()
    {
        lock (_collecting)
        {
            List<BufferedBlock> taken = _sealed;
            taken.AddRange(_waiting.Where(stream => stream.Waiting > 0).Select(stream => stream.Seal()));
            _sealed = [];
            _waiting = [];
            ArrivalOrder? order = _order;
            order?.Text = _text;
            _order = order is null ? null : new ArrivalOrder();
            _count = 0;
            _text = 0;
            _isDue = false;
            return (taken, order);
        }
    }

    private async ValueTask AppendAsync(List<BufferedBlock> blocks, ArrivalOrder? order)
    {
        blocks.RemoveAll(block => block.Stream.Error is not null);
        if (blocks.Count == 0 || _isOver)
        {
            return;
        }

        try
        {
            if (order is { IsOneStream: false })
            {
                if (await TryAppendAllAsync(blocks, order).ConfigureAwait(false))
                {
                    return;
                }

                blocks = order.Sort(blocks);
            }

            IReadOnlyList<AppendResult> results = await _client.AppendAsync(blocks.ConvertAll(block => block.Block), _options, CancellationToken.None).ConfigureAwait(false);
            for (int i = 0; i < results.Count; i++)
            {
                Note(blocks[i], results[i]);
                _isOver |= _options.StopsAt(results[i]);
            }
        }
        catch (CdbException error)
        {
            _isOver = _options.OnInvalid == OnInvalid.StopAtInvalid;
            StreamBuffer[] streams = [.. blocks.Select(block => block.Stream).Distinct()];
            Array.ForEach(streams, stream => stream.Error = error);
            _errors.Enqueue(new BufferedError(streams, error, null));
        }
    }

    /// <summary>Appends a block per stream, which is faster than to keep the order between the streams: it does not matter if all are valid.</summary>
    /// <returns>False if one is not valid, or the client does not append all or nothing; then nothing was stored.</returns>
    private async ValueTask<bool> TryAppendAllAsync(List<BufferedBlock> blocks, ArrivalOrder order)
    {
        if (_client is ConnectorDb03Client || !order.FitsRequest(blocks.Count))
        {
            return false;
        }

        try
        {
            AppendOptions all = _options with { OnInvalid = OnInvalid.RejectAll };
            IReadOnlyList<AppendResult> results = await _client.AppendAsync(blocks.ConvertAll(block => block.Block), all, CancellationToken.None).ConfigureAwait(false);
            for (int i = 0; i < results.Count; i++)
            {
                Note(blocks[i], results[i]);
            }

            return true;
        }
        catch (CdbException error) when (error is IDatapointFault or NotFoundException or PermissionDeniedException)
        {
            return false;
        }
    }

    private void Note(BufferedBlock block, AppendResult result)
    {
        block.Stream.Note(result);
        _written += result.Count;
        foreach (RejectedDatapoint rejected in result.Rejected)
        {
            long position = block.Stream.PositionOf(block.First + rejected.Index);
            long? stored = _options.OnInvalid == OnInvalid.StopAtInvalid ? _written : null;
            CdbException error = Rejection.Describe(rejected.Error, block.Stream.Path, position, stored, block.Stream.HasOnlyOne);
            _errors.Enqueue(new BufferedError([block.Stream], error, block.Block.Points.At(rejected.Index, block.Stream.Path)));
        }

        if (result.Error is { } failure && block.Stream.Error is null)
        {
            block.Stream.Error = failure;
            _errors.Enqueue(new BufferedError([block.Stream], failure, null));
        }
    }
}

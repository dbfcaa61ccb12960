using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
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

    private readonly ICdbClient _client;
    private readonly AppendTrial? _trial;
    private readonly AppendOptions _options;
    private readonly SemaphoreSlim _appending = new(1, 1);
    private readonly object _collecting = new();
    private readonly Dictionary<CdbPath, StreamBuffer> _streams = [];
    private readonly ConcurrentQueue<BufferedError> _errors = new();
    private readonly Timer _timer;
    private readonly WaitingDatapoints _waiting;
    private bool _isDue;
    private ExceptionDispatchInfo? _failure;
    private bool _isOver;
    private long _written;

    /// <param name="restamp">Datapoints older than the newest get its time.</param>
    /// <param name="stopsAtInvalid">The first datapoint that is not stored ends the append: of all streams, what was added before it is stored, and nothing after it.</param>
    /// <param name="isTrial">Nothing is stored: the results and errors are those that the append would have.</param>
    public BufferedAppend(ICdbClient client, bool restamp, bool stopsAtInvalid = false, bool isTrial = false)
    {
        _client = client;
        _trial = isTrial ? new AppendTrial(client) : null;
        _options = new AppendOptions { Restamp = restamp, OnInvalid = stopsAtInvalid ? OnInvalid.StopAtInvalid : OnInvalid.RejectInvalid };
        _waiting = new WaitingDatapoints(keepsOrder: stopsAtInvalid);
        _timer = new Timer(_ => FlushInBackground());
    }

    /// <summary>Receives the times of the datapoints that were stored; one call at a time, also from the thread of the timer.</summary>
    public Action<CdbPath, ReadOnlyMemory<double>>? Stored { get; init; }

    /// <summary>The results of the streams list the refused datapoints.</summary>
    public bool KeepsFaults { get; init; }

    /// <summary>Returns the buffer of a stream; the same object for the same path.</summary>
    public StreamBuffer Open(CdbPath path)
    {
        if (!_streams.TryGetValue(path, out StreamBuffer? stream))
        {
            // Where there is one stream only, its builder grows once; of many, each has a few datapoints.
            _streams[path] = stream = new StreamBuffer(path, _streams.Count == 0 ? WaitingDatapoints.MaxCount : WaitingDatapoints.CountOfStream, KeepsFaults);
        }

        return stream;
    }

    /// <summary>Adds a datapoint with a time, or with the current time when <paramref name="t"/> is NaN; such times never decrease.</summary>
    /// <returns>True when the buffer is full and must be flushed.</returns>
    public bool Add(StreamBuffer stream, double t, DataValue value)
    {
        ArgumentNullException.ThrowIfNull(stream);
        lock (_collecting)
        {
            _waiting.Add(stream, t, value);
            return NoteAdded(1);
        }
    }

    /// <summary>Adds datapoints in order; without times (NaN) they get the current one.</summary>
    /// <inheritdoc cref="Add(StreamBuffer, double, DataValue)"/>
    public bool Add(StreamBuffer stream, Block points)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(points);
        lock (_collecting)
        {
            _waiting.Add(stream, points);
            return NoteAdded(points.Count);
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

    /// <summary>Starts the timer with the first datapoint, and an append in the background when the buffer is full for the first time.</summary>
    private bool NoteAdded(int count)
    {
        if (_waiting.Count == count)
        {
            _timer.Change(MaxAge, Timeout.InfiniteTimeSpan);
        }

        if (!_isDue && _waiting.IsFull(1) && !_waiting.IsFull(2))
        {
            _isDue = true;
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        return _waiting.IsFull(2) || _failure is not null;
    }

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
            TimeSpan rest = _waiting.Rest;
            return _waiting.Count > 0 && !_isDue && rest > MaxAge / 10 && _timer.Change(rest, Timeout.InfiniteTimeSpan);
        }
    }

    private (List<BufferedBlock> Blocks, ArrivalOrder? Order) Take()
    {
        lock (_collecting)
        {
            _isDue = false;
            return _waiting.Take();
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

            IReadOnlyList<AppendResult> results = await AppendToClientAsync(blocks.ConvertAll(block => block.Block)).ConfigureAwait(false);
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

    private ValueTask<IReadOnlyList<AppendResult>> AppendToClientAsync(List<StreamBlock> blocks)
        => _trial is null ? _client.AppendAsync(blocks, _options, CancellationToken.None) : _trial.AppendAsync(blocks, _options, CancellationToken.None);

    /// <summary>Appends a block per stream, which is faster than to keep the order between the streams: it does not matter if all are valid.</summary>
    /// <returns>False if one is not valid, or the client does not append all or nothing; then nothing was stored.</returns>
    private async ValueTask<bool> TryAppendAllAsync(List<BufferedBlock> blocks, ArrivalOrder order)
    {
        if (_trial is not null || _client is ConnectorDb03Client || !order.FitsRequest(blocks.Count))
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
        block.Stream.Note(result, block.First);
        _written += result.Count;
        OperationTrace.Current?.Add(string.Create(CultureInfo.InvariantCulture, $"{(_trial is null ? "Stored" : "Would store")} {CountText.Of(result.Count, "datapoint")} in '{block.Stream.Path}'{(result.Rejected.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $", rejected {result.Rejected.Length:N0}") : "")}."));
        Stored?.Invoke(block.Stream.Path, StoredTimes.Of(block.Block.Points, result.Count, result.Rejected));
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

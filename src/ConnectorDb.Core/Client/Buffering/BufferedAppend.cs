using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Client.Buffering;

/// <summary>Collects datapoints for any number of streams, and appends them in one call.</summary>
/// <remarks>
/// An append starts when the buffer is full or its oldest datapoint has waited for <see cref="MaxAge"/>. Invalid datapoints are reported,
/// the others are stored. One thread adds; the timer appends on another one.
/// </remarks>
public sealed class BufferedAppend : IAsyncDisposable
{
    /// <summary>Maximum time that a datapoint waits for others.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(100);

    private const int MaxCount = 32_768;
    private const long MaxText = 4_000_000;

    private readonly ICdbClient _client;
    private readonly AppendOptions _options;
    private readonly SemaphoreSlim _appending = new(1, 1);
    private readonly object _collecting = new();
    private readonly Dictionary<CdbPath, StreamBuffer> _streams = [];
    private readonly ConcurrentQueue<BufferedError> _errors = new();
    private readonly Timer _timer;
    private List<StreamBuffer> _waiting = [];
    private List<BufferedBlock> _sealed = [];
    private ExceptionDispatchInfo? _failure;
    private double _now;
    private int _count;
    private long _text;

    /// <param name="restamp">Datapoints older than the newest get its time.</param>
    public BufferedAppend(ICdbClient client, bool restamp)
    {
        _client = client;
        _options = new AppendOptions { Restamp = restamp, OnInvalid = OnInvalid.RejectInvalid };
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
            return CountMore(1);
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
            return CountMore(points.Count);
        }
    }

    /// <summary>Appends all datapoints in the buffer; on return they are on disk, except those of <see cref="TryGetError"/>.</summary>
    public async ValueTask FlushAsync()
    {
        await _appending.WaitAsync().ConfigureAwait(false);
        try
        {
            _failure?.Throw();
            await AppendAsync(Take()).ConfigureAwait(false);
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

    private bool CountMore(int more)
    {
        if (_count == 0)
        {
            _timer.Change(MaxAge, Timeout.InfiniteTimeSpan);
        }

        _count += more;
        return _count >= MaxCount || _text >= MaxText || _failure is not null;
    }

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
            await FlushAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            _failure ??= ExceptionDispatchInfo.Capture(error);
        }
    }

    private List<BufferedBlock> Take()
    {
        lock (_collecting)
        {
            List<BufferedBlock> taken = _sealed;
            taken.AddRange(_waiting.Where(stream => stream.Waiting > 0).Select(stream => stream.Seal()));
            _sealed = [];
            _waiting = [];
            _count = 0;
            _text = 0;
            return taken;
        }
    }

    private async ValueTask AppendAsync(List<BufferedBlock> blocks)
    {
        blocks.RemoveAll(block => block.Stream.Error is not null);
        if (blocks.Count == 0)
        {
            return;
        }

        try
        {
            IReadOnlyList<AppendResult> results = await _client.AppendAsync(blocks.ConvertAll(block => block.Block), _options, CancellationToken.None).ConfigureAwait(false);
            for (int i = 0; i < results.Count; i++)
            {
                Note(blocks[i], results[i]);
            }
        }
        catch (CdbException error)
        {
            StreamBuffer[] streams = [.. blocks.Select(block => block.Stream).Distinct()];
            Array.ForEach(streams, stream => stream.Error = error);
            _errors.Enqueue(new BufferedError(streams, error, null, 0));
        }
    }

    private void Note(BufferedBlock block, AppendResult result)
    {
        block.Stream.Note(result);
        foreach (RejectedDatapoint rejected in result.Rejected)
        {
            _errors.Enqueue(new BufferedError([block.Stream], rejected.Error, block.Block.Points.At(rejected.Index, block.Stream.Path), block.First + rejected.Index));
        }

        if (result.Error is { } error && block.Stream.Error is null)
        {
            block.Stream.Error = error;
            _errors.Enqueue(new BufferedError([block.Stream], error, null, 0));
        }
    }
}

using System.Diagnostics;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Client.Buffering;

/// <summary>The datapoints that wait for their append, with the limits of their number, size and age. Not for several threads at once.</summary>
/// <param name="keepsOrder">The order between the streams matters.</param>
internal sealed class WaitingDatapoints(bool keepsOrder)
{
    /// <summary>Datapoints in a buffer of few streams.</summary>
    public const int MaxCount = 32_768;

    /// <summary>The number of additional datapoints in the buffer for each of its streams.</summary>
    public const int CountOfStream = 8;

    private const long MaxText = 4_000_000;

    /// <summary>The additional time for each stream in the buffer: several times that of appending the stream.</summary>
    private static readonly TimeSpan s_ageOfStream = TimeSpan.FromMicroseconds(50);

    private List<StreamBuffer> _open = [];
    private List<BufferedBlock> _sealed = [];
    private ArrivalOrder? _order = keepsOrder ? new ArrivalOrder() : null;
    private long _begun;
    private double _now;
    private long _text;

    public int Count { get; private set; }

    /// <summary>How long the oldest datapoint must wait yet.</summary>
    public TimeSpan Rest => BufferedAppend.MaxAge + (_open.Count * s_ageOfStream) - Stopwatch.GetElapsedTime(_begun);

    public void Add(StreamBuffer stream, double t, DataValue value)
    {
        bool hasArrivalTime = double.IsNaN(t);
        if (stream.Waiting == 0)
        {
            _open.Add(stream);
        }
        else if (stream.HasArrivalTimes != hasArrivalTime)
        {
            _sealed.Add(stream.Seal());
        }

        stream.Add(hasArrivalTime ? Now() : t, value, hasArrivalTime);
        _text += TextLength(value);
        CountMore(stream, 1);
    }

    public void Add(StreamBuffer stream, Block points)
    {
        bool haveArrivalTimes = points.Count > 0 && !points.Times.Span.ContainsAnyExcept(double.NaN);
        Block timed = haveArrivalTimes ? points.With(Enumerable.Repeat(Now(), points.Count).ToArray()) : points;
        if (stream.Waiting > 0)
        {
            _sealed.Add(stream.Seal());
        }

        _sealed.Add(stream.Seal(new StreamBlock(stream.Path, timed.ToBare()) { HasArrivalTimes = haveArrivalTimes }));
        CountMore(stream, points.Count);
    }

    /// <summary>True when the buffer is as full as for this number of appends. Where the order matters, one append is small enough for a request.</summary>
    public bool IsFull(int appends) => _order is null
        ? Count >= appends * (MaxCount + (_open.Count * CountOfStream)) || _text >= appends * MaxText
        : Count >= MaxCount || _text >= ArrivalOrder.MaxText;

    /// <summary>Takes the datapoints out, as a block for each stream.</summary>
    public (List<BufferedBlock> Blocks, ArrivalOrder? Order) Take()
    {
        List<BufferedBlock> taken = _sealed;
        taken.AddRange(_open.Where(stream => stream.Waiting > 0).Select(stream => stream.Seal()));
        _sealed = [];
        _open = [];
        ArrivalOrder? order = _order;
        order?.Text = _text;
        _order = keepsOrder ? new ArrivalOrder() : null;
        Count = 0;
        _text = 0;
        return (taken, order);
    }

    private void CountMore(StreamBuffer stream, int more)
    {
        if (Count == 0)
        {
            _begun = Stopwatch.GetTimestamp();
        }

        _order?.Add(stream, more);
        Count += more;
    }

    /// <summary>The arrival time, which does not decrease when the clock is set back.</summary>
    private double Now() => _now = Math.Max(_now, UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow()));

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
}

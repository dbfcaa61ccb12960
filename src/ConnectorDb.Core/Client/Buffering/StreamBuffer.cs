using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Client.Buffering;

/// <summary>One stream of a <see cref="BufferedAppend"/>, with the counts of its datapoints.</summary>
public sealed class StreamBuffer
{
    private readonly BlockBuilder _points;

    /// <summary>For each datapoint that was skipped, the number of those added before.</summary>
    private readonly List<long> _skipped = [];
    private long _added;
    private long _sealed;
    private long _rejected;
    private long _discarded;

    private readonly List<RejectedDatapoint>? _faults;

    /// <param name="keepsFaults">The refused datapoints are kept, each with its reason.</param>
    internal StreamBuffer(CdbPath path, int capacity, bool keepsFaults)
    {
        Path = path;
        Target = path;
        _points = new BlockBuilder(capacity, hasRecords: true);
        _faults = keepsFaults ? [] : null;
    }

    public CdbPath Path { get; }

    /// <summary>The path that was written: the stream, or its downlink.</summary>
    public CdbPath Target { get; private set; }

    /// <summary>Datapoints on disk.</summary>
    public long Written { get; private set; }

    /// <summary>Datapoints that are neither on disk nor rejected.</summary>
    public long Unstored => _added - Written - _rejected;

    /// <summary>Datapoints that were added or skipped.</summary>
    public long Given
    {
        get
        {
            lock (_skipped)
            {
                return _added + _skipped.Count;
            }
        }
    }

    /// <summary>Datapoints that were skipped, those that the store rejected, and those that came after the error that closed the stream.</summary>
    public long Refused
    {
        get
        {
            lock (_skipped)
            {
                return _rejected + _discarded + _skipped.Count;
            }
        }
    }

    /// <summary>The number of stored datapoints, and each refused one with its place among the given, from 0. Without <see cref="BufferedAppend.KeepsFaults"/> it lists none.</summary>
    public AppendResult Result
    {
        get
        {
            lock (_skipped)
            {
                return new AppendResult(Written, Target) { Rejected = [.. (_faults ?? []).OrderBy(fault => fault.Index)], Error = Error };
            }
        }
    }

    /// <summary>The error that closed the stream; null while it accepts datapoints.</summary>
    public CdbException? Error { get; internal set; }

    /// <summary>True after the first datapoint, whether it was added or skipped.</summary>
    public bool HasOnlyOne => Given == 1;

    /// <summary>Counts a datapoint that could not be read, and so is not added.</summary>
    /// <returns>Its position among those of the stream, from 1.</returns>
    public long Skip(InvalidValueException error)
    {
        lock (_skipped)
        {
            _skipped.Add(_added);
            long position = _added + _skipped.Count;
            Keep(position, error);
            return position;
        }
    }

    /// <summary>Counts datapoints that come after the error that closed the stream.</summary>
    public void Discard(int count)
    {
        _added += count;
        _discarded += count;
    }

    internal int Waiting => _points.Count;

    internal bool HasArrivalTimes { get; private set; }

    internal void Add(double t, DataValue value, bool hasArrivalTime)
    {
        HasArrivalTimes = hasArrivalTime;
        _points.Add(t, value);
        _added++;
    }

    /// <summary>The datapoints added one by one, as a block.</summary>
    internal BufferedBlock Seal() => Number(new StreamBlock(Path, _points.Build()) { HasArrivalTimes = HasArrivalTimes });

    internal BufferedBlock Seal(StreamBlock block)
    {
        _added += block.Points.Count;
        return Number(block);
    }

    /// <param name="first">The number of the first datapoint of the append among those added, from 1.</param>
    internal void Note(AppendResult result, long first)
    {
        Written += result.Count;
        _rejected += result.Rejected.Length;
        Target = result.Error is null ? result.GetTarget() : Target;
        foreach (RejectedDatapoint rejected in result.Rejected)
        {
            long position = PositionOf(first + rejected.Index);
            lock (_skipped)
            {
                Keep(position, rejected.Error);
            }
        }
    }

    /// <summary>The position of an added datapoint among all of the stream, from 1: those that were skipped count too.</summary>
    /// <param name="number">Its number among those added, from 1.</param>
    internal long PositionOf(long number)
    {
        lock (_skipped)
        {
            int low = 0;
            int high = _skipped.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = _skipped[middle] < number ? (middle + 1, high) : (low, middle);
            }

            return number + low;
        }
    }

    private void Keep(long position, CdbException error) => _faults?.Add(new RejectedDatapoint((int)Math.Min(position - 1, int.MaxValue), error));

    private BufferedBlock Number(StreamBlock block)
    {
        long first = _sealed + 1;
        _sealed += block.Points.Count;
        return new BufferedBlock(this, block, first);
    }
}

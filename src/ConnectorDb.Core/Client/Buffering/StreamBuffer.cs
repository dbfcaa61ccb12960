using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Client.Buffering;

/// <summary>One stream of a <see cref="BufferedAppend"/>, with the counts of its datapoints.</summary>
public sealed class StreamBuffer
{
    private readonly BlockBuilder _points;
    private long _added;
    private long _sealed;
    private long _rejected;

    internal StreamBuffer(CdbPath path, int capacity)
    {
        Path = path;
        Target = path;
        _points = new BlockBuilder(capacity, hasRecords: true);
    }

    public CdbPath Path { get; }

    /// <summary>The path that was written: the stream, or its downlink.</summary>
    public CdbPath Target { get; private set; }

    /// <summary>Datapoints on disk.</summary>
    public long Written { get; private set; }

    /// <summary>Datapoints that are neither on disk nor rejected.</summary>
    public long Unstored => _added - Written - _rejected;

    /// <summary>The error that closed the stream; null while it accepts datapoints.</summary>
    public CdbException? Error { get; internal set; }

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

    internal void Note(AppendResult result)
    {
        Written += result.Count;
        _rejected += result.Rejected.Count;
        Target = result.Error is null ? result.Target : Target;
    }

    private BufferedBlock Number(StreamBlock block)
    {
        long first = _sealed + 1;
        _sealed += block.Points.Count;
        return new BufferedBlock(this, block, first);
    }
}

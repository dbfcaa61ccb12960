using System.Runtime.CompilerServices;
using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Tests.Queries;

/// <summary>Streams in memory, with the ranges of the protocol.</summary>
/// <param name="blockSize">So many datapoints to a block.</param>
internal sealed class MemoryStreams(int blockSize = 3) : IStreamReader
{
    private readonly Dictionary<CdbPath, Block> _streams = [];

    /// <summary>Blocks that were read so far.</summary>
    public int BlocksRead { get; private set; }

    /// <summary>Reads that were begun and have not ended.</summary>
    public int OpenReads { get; private set; }

    public MemoryStreams With(string path, params (double T, DataValue Value)[] points)
    {
        BlockBuilder all = new();
        foreach ((double t, DataValue value) in points)
        {
            all.Add(t, value);
        }

        return With(path, all.Build());
    }

    public MemoryStreams With(string path, params (double T, double Value)[] points)
        => With(path, points.Select(point => (point.T, DataValue.From(point.Value))).ToArray());

    public MemoryStreams With(string path, Block points)
    {
        _streams[CdbPath.Parse(path)] = points;
        return this;
    }

    public async IAsyncEnumerable<Block> ReadAsync(DataQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Block range = Range(query, Find(query.Stream));
        Script? script = query.Transform is null ? null : Script.Parse(query.Transform);
        IEnumerable<Block> blocks = Split(range, cancellation);
        long left = query.Limit ?? long.MaxValue;
        OpenReads++;
        try
        {
            foreach (Block block in script?.Run(blocks) ?? blocks)
            {
                await Task.Yield();
                Block taken = block.Slice(0, (int)Math.Min(left, block.Count));
                left -= taken.Count;
                yield return taken;
                if (left == 0)
                {
                    yield break;
                }
            }
        }
        finally
        {
            OpenReads--;
        }
    }

    public ValueTask<long> IndexOfTimeAsync(CdbPath stream, double t, CancellationToken cancellation)
        => ValueTask.FromResult<long>(FirstLater(Find(stream), t));

    public ValueTask<long> CountAsync(CdbPath stream, CancellationToken cancellation) => ValueTask.FromResult<long>(Find(stream).Count);

    private static int FirstLater(Block points, double t)
    {
        int index = points.Times.Span.ToArray().AsSpan().BinarySearch(Math.BitIncrement(t));
        index = index < 0 ? ~index : index;
        while (index > 0 && points.Times.Span[index - 1] > t)
        {
            index--;
        }

        return index;
    }

    private static Block Range(DataQuery query, Block points)
    {
        if (query.IsByTime && query.IsByIndex)
        {
            throw new InvalidRangeException("A range is given either by time or by index.", query);
        }

        long from = query.T1 is { } t1 ? FirstLater(points, t1) : 0;
        long to = query.T2 is { } t2 ? FirstLater(points, t2) : points.Count;
        if (query.IsByIndex)
        {
            from = Math.Max(0, query.I1 is { } i1 ? (i1 < 0 ? i1 + points.Count : i1) : 0);
            to = Math.Min(points.Count, query.I2 is { } i2 ? (i2 < 0 ? i2 + points.Count : i2) : points.Count);
        }

        return points.Slice((int)from, (int)Math.Max(0, to - from));
    }

    private IEnumerable<Block> Split(Block range, CancellationToken cancellation)
    {
        for (int start = 0; start < range.Count; start += blockSize)
        {
            cancellation.ThrowIfCancellationRequested();
            BlocksRead++;
            yield return range.Slice(start, Math.Min(blockSize, range.Count - start));
        }
    }

    private Block Find(CdbPath path)
        => _streams.TryGetValue(path, out Block? points) ? points : throw new NotFoundException($"There is no stream {path}.", path);
}

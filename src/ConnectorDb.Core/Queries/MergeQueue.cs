namespace ConnectorDb.Core.Queries;

/// <summary>A binary heap of queries by the time of their next datapoint; at equal times the query named first comes first.</summary>
internal sealed class MergeQueue(BlockCursor[] queries) : IAsyncDisposable
{
    /// <summary>For each query the time of its next datapoint.</summary>
    private readonly double[] _times = new double[queries.Length];

    /// <summary>The queries, by number, that have not ended.</summary>
    private readonly int[] _heap = new int[queries.Length];
    private int _count;

    public bool IsEmpty => _count == 0;

    public BlockCursor First => queries[_heap[0]];

    /// <summary>Reads the first block of every query.</summary>
    public async ValueTask OpenAsync()
    {
        for (int query = 0; query < queries.Length; query++)
        {
            if (await queries[query].MoveNextAsync().ConfigureAwait(false))
            {
                _times[query] = queries[query].Time;
                _heap[_count++] = query;
            }
        }

        for (int at = (_count / 2) - 1; at >= 0; at--)
        {
            Sink(at);
        }
    }

    /// <summary>The position in its block at which the first query is no longer first; the end of the block when it stays first.</summary>
    public int EndOfRun()
    {
        BlockCursor first = First;
        return TimeScan.FirstLater(first.Block!.Times.Span, first.Position, Bound());
    }

    /// <summary>Restores the order after the position of the first query has changed, or removes the query when it has ended.</summary>
    public void Settle()
    {
        BlockCursor first = First;
        if (first.Block is null)
        {
            _heap[0] = _heap[--_count];
        }
        else
        {
            _times[_heap[0]] = first.Time;
        }

        Sink(0);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (BlockCursor query in queries)
        {
            await query.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The latest time up to which the first query stays first.</summary>
    private double Bound()
    {
        int child = EarlierChild(0);
        if (child == 0)
        {
            return double.PositiveInfinity;
        }

        double time = _times[_heap[child]];
        return _heap[0] < _heap[child] ? time : Math.BitDecrement(time);
    }

    private void Sink(int at)
    {
        int sinking = _heap[at];
        int child = EarlierChild(at);
        while (child > 0 && IsBefore(_heap[child], sinking))
        {
            _heap[at] = _heap[child];
            at = child;
            child = EarlierChild(at);
        }

        _heap[at] = sinking;
    }

    /// <summary>The earlier of two children; 0 when there is none.</summary>
    private int EarlierChild(int at)
    {
        int child = (2 * at) + 1;
        return child >= _count ? 0
            : child + 1 < _count && IsBefore(_heap[child + 1], _heap[child]) ? child + 1
            : child;
    }

    private bool IsBefore(int one, int other)
        => _times[one] < _times[other] || (_times[one] == _times[other] && one < other);
}

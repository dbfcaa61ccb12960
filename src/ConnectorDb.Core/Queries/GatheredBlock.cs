using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;

namespace ConnectorDb.Core.Queries;

/// <summary>Datapoints of several streams that are copied into one block, counted as memory of the query.</summary>
internal sealed class GatheredBlock(QueryBudget budget)
{
    /// <summary>The number of datapoints of a full block.</summary>
    private const int MaxCount = 4096;

    /// <summary>The size of the values of a full block in bytes, however few they are.</summary>
    private const long MaxSize = 1 << 20;

    private readonly WorkingMemory _memory = new(budget);
    private readonly BlockBuilder _points = new(MaxCount);
    private long _size;

    public bool IsEmpty => _points.Count == 0;

    public bool IsFull => _points.Count >= MaxCount || _size >= MaxSize;

    /// <param name="from">The block of the datapoints.</param>
    /// <param name="start">The index of the first datapoint.</param>
    /// <param name="count">The number of datapoints.</param>
    /// <param name="size">The size of one in bytes.</param>
    /// <exception cref="QueryLimitException">They need too much memory.</exception>
    public void Add(Block from, int start, int count, long size)
    {
        _size += count * size;
        if (_size >= MaxSize)
        {
            _memory.Hold(_size);
        }

        _points.Add(from, start, count);
    }

    /// <summary>The datapoints so far, which no longer count when the next ones are gathered.</summary>
    public Block Take()
    {
        _memory.Clear();
        _size = 0;
        return _points.Build();
    }
}

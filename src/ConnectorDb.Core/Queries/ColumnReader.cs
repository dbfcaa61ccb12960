using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Interpolators;

namespace ConnectorDb.Core.Queries;

/// <summary>The values of a column for some rows, and why there are fewer of them than rows.</summary>
internal readonly record struct ColumnValues(Column Values, ExceptionDispatchInfo? Failure);

/// <summary>One column of a running dataset. It reads its source just beyond the rows that are asked for.</summary>
internal sealed class ColumnReader(BlockCursor points, Interpolator interpolator, int maxRows, QueryBudget budget) : IAsyncDisposable
{
    /// <summary>The size of a block in bytes whose values do not count once more as those of rows.</summary>
    private const long SmallBlock = 256 << 10;

    private readonly WorkingMemory _memory = new(budget);
    private readonly ColumnBuilder _values = new(maxRows);
    private RecordColumn? _records;
    private long _largest;

    /// <summary>The memory of the values of the last rows, as far as they are counted, in bytes.</summary>
    public long Memory => _memory.Values;

    /// <summary>Reads the first datapoints, so that a column that cannot be read fails before the first row.</summary>
    public async ValueTask OpenAsync() => await points.MoveNextAsync().ConfigureAwait(false);

    /// <summary>The values of the next rows; those before a failure are given with it.</summary>
    /// <exception cref="QueryLimitException">The rows need too much; they are not given, because a query at its limit has ended.</exception>
    public async ValueTask<ColumnValues> ReadAsync(RowBatch batch, int count)
    {
        ReadOnlyMemory<double> rows = (interpolator.UsesInterval ? batch.Ends : batch.Times)[..count];
        ExceptionDispatchInfo? failure = null;
        _memory.Clear();
        try
        {
            while (points.Block is { } block)
            {
                int before = _values.Count;
                bool isDone = Advance(rows.Span);
                Count(block, _values.Count - before);
                if (isDone)
                {
                    break;
                }

                await points.MoveNextAsync().ConfigureAwait(false);
            }

            while (_values.Count < rows.Length)
            {
                CountCopy(_records is null ? 0 : _largest);
                interpolator.Emit(rows.Span[_values.Count], default, _values);
            }
        }
        catch (Exception error) when (error is not (OperationCanceledException or QueryLimitException))
        {
            failure = ExceptionDispatchInfo.Capture(error);
        }

        return new ColumnValues(_values.Build(), failure);
    }

    public ValueTask DisposeAsync() => points.DisposeAsync();

    /// <summary>Counts the values that rows took from a block.</summary>
    /// <exception cref="QueryLimitException">They are too large.</exception>
    private void Count(Block block, int rows)
    {
        if (rows > 0 && points.Size > SmallBlock && block.Values is not (NumberColumn or IntegerColumn or BooleanColumn or LazyObjectColumn or RecordColumn))
        {
            _memory.Use(Math.Min(points.Size, rows * ColumnSize.OfLargest(block.Values, points.Size)));
        }
    }

    /// <summary>The size of the object that each row makes anew of the columns of its members; 0 for other values, which rows share with the block.</summary>
    private long SizeOfCopy(Block block)
    {
        if (block.Values is not RecordColumn records)
        {
            return 0;
        }

        if (!ReferenceEquals(records, _records))
        {
            (_records, _largest) = (records, ColumnSize.OfLargest(records, budget.MaxValueSize));
        }

        return _largest;
    }

    /// <exception cref="QueryLimitException">The rows need too much memory.</exception>
    private void CountCopy(long bytes)
    {
        if (bytes > 0)
        {
            _memory.Use(bytes);
        }
    }

    /// <summary>Gives the rows that end inside the block; false when more datapoints are needed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Advance(ReadOnlySpan<double> rows)
    {
        Block block = points.Block!;
        ReadOnlySpan<double> times = block.Times.Span;
        int at = points.Position;
        long copied = SizeOfCopy(block);
        for (int row = _values.Count; row < rows.Length; row++)
        {
            int end = TimeScan.FirstLater(times, at, rows[row]);
            if (end > at)
            {
                interpolator.Add(block, at, end - at);
            }

            if (end == times.Length)
            {
                return false;
            }

            CountCopy(copied);
            interpolator.Emit(rows[row], new DatapointReference(block, end), _values);
            at = end;
        }

        points.Position = at;
        return true;
    }
}

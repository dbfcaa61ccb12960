using System.Runtime.ExceptionServices;
using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Interpolators;

namespace ConnectorDb.Core.Queries;

/// <summary>The execution of a dataset: the source of its row times and a reader for each column.</summary>
internal sealed class DatasetRows : IAsyncDisposable
{
    private readonly DatasetQuery _query;
    private readonly IStreamReader _reader;
    private readonly QueryBudget _budget;
    private readonly CancellationToken _cancellation;
    private readonly int _maxRows;
    private readonly Interpolator[] _interpolators;
    private readonly string[] _names;
    private readonly bool[] _mayBeNull;
    private readonly List<ColumnReader> _columns = [];
    private readonly ChunkSize _size;
    private IRowSource? _rows;
    private int _count;

    /// <param name="query">A checked query.</param>
    public DatasetRows(DatasetQuery query, IStreamReader reader, QueryBudget budget, CancellationToken cancellation)
    {
        _query = query;
        _reader = reader;
        _budget = budget;
        _cancellation = cancellation;
        _maxRows = RowBatch.MaxCountOf(query.Columns.Count);
        _size = new ChunkSize(_maxRows);
        _interpolators = query.Columns.Select(column => Interpolation.Start(column.Interpolator, query.HasZeroMeans, budget)).ToArray();
        string[] names = query.Columns.Select(column => column.Name).ToArray();
        bool[] mayBeNull = query.Columns.Select(column => column.AllowNull).ToArray();
        _names = IsOfStream ? ["x", .. names] : names;
        _mayBeNull = IsOfStream ? [true, .. mayBeNull] : mayBeNull;
    }

    private bool IsOfStream => _query.X.Count > 0;

    /// <summary>Opens all streams, so that an unreadable one fails before the first row.</summary>
    public async ValueTask OpenAsync()
    {
        TimeSteps? steps = IsOfStream ? null : DatasetSteps.Of(_query);
        ColumnRange range = Range(steps);
        for (int i = 0; i < _interpolators.Length; i++)
        {
            ColumnReader column = await ColumnAsync(_query.Columns[i].Sources, _interpolators[i], range, steps).ConfigureAwait(false);
            _columns.Add(column);
            await column.OpenAsync().ConfigureAwait(false);
        }

        _rows = steps is { } times
            ? new TimeGrid(times, _query.Stamp, _cancellation)
            : new StreamRows(Cursor(_query.X.Select(query => new ColumnSource(query)).ToArray()));
    }

    /// <summary>The next rows; null at the end. When a column fails, the rows before it and the failure.</summary>
    public async ValueTask<(Block Rows, ExceptionDispatchInfo? Failure)?> NextAsync()
    {
        if (await _rows!.NextAsync(_size.After(_count, _columns.Sum(column => column.Memory))).ConfigureAwait(false) is not { } batch)
        {
            return null;
        }

        int count = batch.Times.Length;
        _count = count;
        _budget.AddRows(count);
        _budget.Check();
        ExceptionDispatchInfo? failure = null;
        List<Column> columns = batch.X is null ? [] : [batch.X];
        foreach (ColumnReader column in _columns)
        {
            ColumnValues part = await column.ReadAsync(batch, count).ConfigureAwait(false);
            columns.Add(part.Values);
            if (part.Failure is not null)
            {
                count = part.Values.Count;
                failure = part.Failure;
            }
        }

        Column[] cut = columns.Select(column => column.Count == count ? column : column.Slice(0, count)).ToArray();
        Block rows = new(batch.Times[..count], new RecordColumn(_names, cut, count));
        return (MissingValues.DropRows(rows, cut, _mayBeNull), failure);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ColumnReader column in _columns)
        {
            await column.DisposeAsync().ConfigureAwait(false);
        }

        if (_rows is not null)
        {
            await _rows.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ColumnRange Range(TimeSteps? steps)
    {
        if (steps is { } times)
        {
            return new ColumnRange(times.Next, _query.Stamp == RowStamp.End ? times.Previous : Math.BitDecrement(times.Next));
        }

        double start = _query.T1 ?? (_query.X.Count == 1 ? _query.X[0].T1 : null) ?? 0;
        return new ColumnRange(start, start > 0 ? start : null);
    }

    private async ValueTask<ColumnReader> ColumnAsync(IReadOnlyList<DataQuery> queries, Interpolator interpolator, ColumnRange range, TimeSteps? steps)
    {
        ColumnSource[] sources = new ColumnSource[queries.Count];
        for (int i = 0; i < sources.Length; i++)
        {
            // A range of its own is used as it is given, for the first row too.
            double? after = interpolator.UsesInterval && queries[i].IsWhole ? range.FirstInterval : null;
            DataQuery ranged = await range.ApplyAsync(queries[i], interpolator.UsesInterval, _reader, _cancellation).ConfigureAwait(false);
            sources[i] = new ColumnSource(ranged, steps is { } times && interpolator.UsesNeighbours ? NextTo(times, interpolator, after) : null, after);
        }

        return new ColumnReader(Cursor(sources), interpolator, _maxRows, _budget);
    }

    /// <summary>The times whose neighbours an interpolator needs: those of the rows, and for one that uses the interval also its start.</summary>
    private TimeSteps NextTo(TimeSteps times, Interpolator interpolator, double? after)
    {
        if (!interpolator.UsesInterval)
        {
            return times;
        }

        TimeSteps ends = _query.Stamp == RowStamp.End ? times : times.JustBefore();
        return ends.After(after ?? double.NegativeInfinity);
    }

    private BlockCursor Cursor(IReadOnlyList<ColumnSource> sources) => new(Merge.OneOrMore(sources, _reader, _budget, _cancellation), _budget, _cancellation);
}

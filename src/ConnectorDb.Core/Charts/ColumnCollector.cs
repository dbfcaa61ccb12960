using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Charts;

/// <summary>Summarizes the datapoints of a stream in columns. They come in order, as blocks, as whole segments that are not decoded, or as columns that are known.</summary>
/// <param name="stream">The stream.</param>
/// <param name="index">The index of the first datapoint.</param>
/// <param name="edges">The columns; null for a column for each datapoint.</param>
/// <param name="budget">Counts the columns.</param>
internal sealed class ColumnCollector(CdbPath stream, long index, ColumnEdges? edges, QueryBudget budget)
{
    /// <summary>Bytes that a column takes, with its text in a response.</summary>
    private const int ColumnSize = 1024;

    /// <summary>Bytes that the count of a state takes, with its text in a response.</summary>
    private const int StateSize = 64;

    private static readonly (double, double) s_noNumbers = (double.PositiveInfinity, double.NegativeInfinity);

    private readonly List<IndexedColumn> _columns = [];
    private readonly StateCounter _states = new();
    private SummaryBuilder? _current;

    /// <summary>The booleans of the current column.</summary>
    private (long All, long Trues) _booleans;

    /// <summary>The extremes of the numbers of the current column, without its booleans.</summary>
    private (double Least, double Largest) _extremes = s_noNumbers;

    /// <summary>The index of the first datapoint of the current column, or of the next one.</summary>
    private long _start = index;
    private (double From, double To) _range = (double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>The statistics of the segment suffice: it lies in one column, and all its datapoints are numbers.</summary>
    public bool CanTake(SegmentSlice slice)
        => slice.IsWhole && edges is not null
            && slice.Numbers is { Rest: not null } numbers && numbers.Count == slice.To - slice.From
            && edges.Around(slice.FirstT).To > slice.LastT;

    /// <summary>Adds a segment for which <see cref="CanTake"/> is true.</summary>
    public void Add(SegmentSlice slice)
    {
        if (!IsInCurrent(slice.FirstT))
        {
            Open(slice.FirstT, new SummaryBuilder());
        }

        _current!.Add(slice);
        Widen((slice.Numbers!.Value.Minimum, slice.Numbers.Value.Maximum));
    }

    /// <summary>Adds a column that ends where the datapoints before it end.</summary>
    public void Add(IndexedColumn column)
    {
        Close();
        foreach (StateCount state in column.Summary.States!)
        {
            _states.Add(state.State, state.Count);
        }

        Append(column with { Summary = column.Summary with { Stream = stream.ToString(), States = _states.Take() } });
    }

    public void Add(Block block) => Add(Divide(block));

    /// <summary>Adds the parts of a block.</summary>
    public void Add(IReadOnlyList<ColumnPart> parts)
    {
        foreach (ColumnPart part in parts)
        {
            if (IsInCurrent(part.FirstT))
            {
                _current!.Add(part.Summary);
            }
            else
            {
                Open(part.FirstT, part.Summary);
            }

            Widen(part.Extremes);
            _booleans = (_booleans.All + part.Booleans.All, _booleans.Trues + part.Booleans.Trues);
            _states.Add(part.Values);
        }
    }

    /// <summary>Summarizes the parts of a block that lie in different columns. Several threads may do so at once.</summary>
    public IReadOnlyList<ColumnPart> Divide(Block block)
    {
        Column values = block.Values;
        block = block.With(Numbers(values));
        ReadOnlySpan<double> times = block.Times.Span;
        List<ColumnPart> parts = [];
        for (int start = 0; start < times.Length;)
        {
            int end = edges is null ? start + 1 : EndIn(times, start, edges.Around(times[start]).To);
            SummaryBuilder summary = new();
            summary.Add(block.Slice(start, end - start));
            Column part = values.Slice(start, end - start);
            parts.Add(new ColumnPart(times[start], summary, part, part is BooleanColumn or ValueColumn ? NumberSummary.BoundsOf(NumberSummary.NumbersIn(part)) : summary.Extremes, BooleansIn(part)));
            start = end;
        }

        return parts;
    }

    /// <summary>The columns that have datapoints; to be called once, after the last of them.</summary>
    public IReadOnlyList<StreamSummary> Finish()
    {
        Close();
        return _columns.ConvertAll(column => _states.HasStates ? column.Summary : column.Summary with { States = null });
    }

    /// <summary>The columns with their indices, after <see cref="Finish"/>; none if their states were not counted to the end.</summary>
    public IReadOnlyList<IndexedColumn> Known => _states.HasStates ? _columns : [];

    private bool IsInCurrent(double time) => _current is not null && edges is not null && time < _range.To;

    private void Open(double time, SummaryBuilder summary)
    {
        Close();
        _range = edges?.Around(time) ?? (time, time);
        _current = summary;
        _extremes = s_noNumbers;
        _booleans = default;
    }

    private void Close()
    {
        if (_current?.Build() is { } summary)
        {
            _current = null;
            StreamSummary column = summary.Of(stream) with { FromT = _range.From, ToT = _range.To, Booleans = _booleans.All, Trues = _booleans.Trues, States = _states.Take() };

            // Of numbers and booleans, the numbers have the extremes: a switch between temperatures is no frost.
            bool hasNumbers = _extremes.Least <= _extremes.Largest;
            Append(new IndexedColumn(_start, _start + summary.Count, hasNumbers ? column with { Minimum = _extremes.Least, Maximum = _extremes.Largest } : column));
        }
    }

    private void Widen((double Least, double Largest) extremes)
        => _extremes = (Math.Min(_extremes.Least, extremes.Least), Math.Max(_extremes.Largest, extremes.Largest));

    private void Append(IndexedColumn column)
    {
        budget.Step();
        budget.AddRows(1);
        budget.Take(ColumnSize + (StateSize * column.Summary.States!.Length));
        _columns.Add(column);
        _start = column.End;
    }

    /// <summary>The index of the first time at or behind the end of a column.</summary>
    private static int EndIn(ReadOnlySpan<double> times, int start, double to)
    {
        if (times[^1] < to)
        {
            return times.Length;
        }

        int found = times[start..].BinarySearch(to);
        int end = start + (found < 0 ? ~found : found);
        while (end > start + 1 && times[end - 1] >= to)
        {
            end--;
        }

        return Math.Max(end, start + 1);
    }

    private static (long All, long Trues) BooleansIn(Column values)
    {
        switch (values)
        {
            case BooleanColumn booleans:
                return (booleans.Count, booleans.Values.Span.Count(true));
            case ValueColumn mixed:
                ReadOnlySpan<DataValue> all = mixed.Values.Span;
                (long count, long trues) = (0, 0);
                foreach (DataValue value in all)
                {
                    if (value.Kind == DataKind.Boolean)
                    {
                        count++;
                        trues += value.AsBoolean() ? 1 : 0;
                    }
                }

                return (count, trues);
            default:
                return default;
        }
    }

    /// <summary>The values, with 0 and 1 for booleans.</summary>
    private static Column Numbers(Column values) => values switch
    {
        BooleanColumn booleans => new NumberColumn(Array.ConvertAll(booleans.Values.ToArray(), value => value ? 1.0 : 0)),
        ValueColumn mixed => new ValueColumn(Array.ConvertAll(mixed.Values.ToArray(), value => value.Kind == DataKind.Boolean ? DataValue.From(value.AsBoolean() ? 1.0 : 0) : value)),
        _ => values,
    };
}

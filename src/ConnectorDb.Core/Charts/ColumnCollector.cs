using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Charts;

/// <summary>Summarizes the datapoints of a stream in columns. They come in order, as blocks or as whole segments that are not decoded.</summary>
/// <param name="stream">The stream.</param>
/// <param name="edges">The columns; null for a column for each datapoint.</param>
/// <param name="budget">Counts the columns.</param>
internal sealed class ColumnCollector(CdbPath stream, ColumnEdges? edges, QueryBudget budget)
{
    /// <summary>Bytes that a column takes, with its text in a response.</summary>
    private const int ColumnSize = 1024;

    /// <summary>Bytes that the count of a state takes, with its text in a response.</summary>
    private const int StateSize = 64;

    private readonly List<StreamSummary> _columns = [];
    private readonly StateCounter _states = new();
    private SummaryBuilder? _current;
    private (double From, double To) _range = (double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>The statistics of the segment suffice: it lies in one column, or about so, and all its datapoints are numbers.</summary>
    public bool CanTake(SegmentSlice slice)
        => slice.IsWhole && edges is not null
            && slice.Numbers is { Rest: not null } numbers && numbers.Count == slice.To - slice.From
            && (slice.LastT - slice.FirstT <= edges.Slack || edges.Around(slice.FirstT).To > slice.LastT);

    /// <summary>Adds a segment for which <see cref="CanTake"/> is true.</summary>
    public void Add(SegmentSlice slice)
    {
        double middle = slice.FirstT + ((slice.LastT - slice.FirstT) / 2);
        if (!IsInCurrent(middle))
        {
            Open(middle, new SummaryBuilder());
        }

        _current!.Add(slice);
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
            parts.Add(new ColumnPart(times[start], summary, values.Slice(start, end - start)));
            start = end;
        }

        return parts;
    }

    /// <summary>The columns that have datapoints.</summary>
    public List<StreamSummary> Finish()
    {
        Close();
        return _states.HasStates ? _columns : _columns.ConvertAll(column => column with { States = null });
    }

    private bool IsInCurrent(double time) => _current is not null && edges is not null && time < _range.To;

    private void Open(double time, SummaryBuilder summary)
    {
        Close();
        _range = edges?.Around(time) ?? (time, time);
        _current = summary;
    }

    private void Close()
    {
        if (_current is not null)
        {
            budget.Step();
            budget.AddRows(1);
            StateCount[] states = _states.Take();
            budget.Take(ColumnSize + (StateSize * states.Length));
            _columns.Add(_current.Build().Of(stream) with { FromT = _range.From, ToT = _range.To, States = states });
            _current = null;
        }
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

    /// <summary>The values, with 0 and 1 for booleans.</summary>
    private static Column Numbers(Column values) => values switch
    {
        BooleanColumn booleans => new NumberColumn(Array.ConvertAll(booleans.Values.ToArray(), value => value ? 1.0 : 0)),
        ValueColumn mixed => new ValueColumn(Array.ConvertAll(mixed.Values.ToArray(), value => value.Kind == DataKind.Boolean ? DataValue.From(value.AsBoolean() ? 1.0 : 0) : value)),
        _ => values,
    };
}

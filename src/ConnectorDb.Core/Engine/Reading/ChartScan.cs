using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Charts;
using ConnectorDb.Core.Queries;
using ConnectorDb.Core.Storage.Sequences;
using ColumnPart = ConnectorDb.Core.Charts.ColumnPart;

namespace ConnectorDb.Core.Engine.Reading;

/// <summary>Summarizes datapoints of a sequence in columns, and decodes only the segments of which the statistics do not suffice.</summary>
internal static class ChartScan
{
    /// <summary>Adds the datapoints of a range.</summary>
    /// <param name="known">Columns that need not be read, in order; also some outside of the range.</param>
    /// <exception cref="NotFoundException">The stream was deleted.</exception>
    public static void Read(SequenceScan sequence, IndexRange range, IReadOnlyList<IndexedColumn> known, ColumnCollector columns, QueryBudget budget)
    {
        long at = range.From;
        foreach (IndexedColumn column in known)
        {
            if (column.Start >= range.From && column.End <= range.To)
            {
                Read(sequence, at, column.Start, columns, budget);
                columns.Add(column);
                at = column.End;
            }
        }

        Read(sequence, at, range.To, columns, budget);
    }

    private static void Read(SequenceScan sequence, long from, long to, ColumnCollector columns, QueryBudget budget)
    {
        foreach (Batch batch in LookAhead.Over(sequence.Load(from, to, slice => !columns.CanTake(slice)).Select(slices => new Batch(slices, columns))))
        {
            using (batch)
            {
                batch.AddTo(columns, budget);
            }
        }
    }

    /// <summary>Segments that are loaded together. Those that must be decoded are summarized by several threads.</summary>
    private sealed class Batch : IDisposable
    {
        private readonly IReadOnlyList<SegmentSlice> _slices;
        private readonly DecodeAhead<IReadOnlyList<ColumnPart>> _parts;

        public Batch(IReadOnlyList<SegmentSlice> slices, ColumnCollector columns)
        {
            _slices = slices;
            SegmentSlice[] opened = [.. slices.Where(slice => slice.Content is not null)];
            _parts = new(opened.Length, i => columns.Divide(opened[i].Decode()));
        }

        public void AddTo(ColumnCollector columns, QueryBudget budget)
        {
            int taken = 0;
            foreach (SegmentSlice slice in _slices)
            {
                budget.Check();
                if (slice.Content is null)
                {
                    columns.Add(slice);
                }
                else
                {
                    columns.Add(_parts.Take(taken++));
                }
            }
        }

        public void Dispose() => _parts.Dispose();
    }
}

using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Charts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Reading;
using ConnectorDb.Core.PipeScript;
using ConnectorDb.Core.Queries;
using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <inheritdoc cref="Contracts.ICdbClient.ChartAsync"/>
    public async ValueTask<IReadOnlyList<IReadOnlyList<StreamSummary>?>> ChartAsync(Login login, IReadOnlyList<ChartQuery> queries, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(queries);
        foreach (ChartQuery query in queries)
        {
            ChartCheck.Check(query);
        }

        using QueryBudget budget = BudgetOf(login, cancellation);
        budget.CheckStreams(queries.Count);
        budget.Open();
        IReadOnlyList<StreamSummary>?[] charts = new IReadOnlyList<StreamSummary>?[queries.Count];
        for (int i = 0; i < charts.Length; i++)
        {
            ChartQuery query = queries[i];
            charts[i] = await budget.ComputeAsync(() => new ValueTask<IReadOnlyList<StreamSummary>?>(ChartUnlessMissing(login, query, budget, cancellation))).ConfigureAwait(false);
        }

        return charts;
    }

    // One stream that was deleted meanwhile must not cost the charts of the others.
    private IReadOnlyList<StreamSummary>? ChartUnlessMissing(Login login, ChartQuery query, QueryBudget budget, CancellationToken cancellation)
    {
        try
        {
            return Chart(login, query, budget, cancellation);
        }
        catch (NotFoundException)
        {
            return null;
        }
    }

    private IReadOnlyList<StreamSummary> Chart(Login login, ChartQuery query, QueryBudget budget, CancellationToken cancellation)
    {
        DataQuery range = query.Range;
        ChartRange located = _store.Read(store => Locate(store, login, query), cancellation);
        (long from, long to) = located.Range.Indices;
        if (string.IsNullOrEmpty(range.Transform) || from == to)
        {
            // A script that cannot be read is an error also where no datapoint needs it.
            _ = string.IsNullOrEmpty(range.Transform) ? null : Script.Parse(range.Transform, budget: budget);
            return Summarize(range.Stream, located, budget, cancellation);
        }

        ColumnCollector collector = new(range.Stream, from, located.Edges, budget);
        foreach (Block block in Read(login, range, budget, sources: 1, cancellation))
        {
            budget.Check();
            collector.Add(block);
        }

        return collector.Finish();
    }

    /// <summary>The datapoints of a range in columns with given edges.</summary>
    /// <exception cref="NotFoundException">The stream was deleted, or changed while it was read.</exception>
    internal IReadOnlyList<StreamSummary> Chart(Login login, DataQuery range, ColumnEdges edges, QueryBudget budget, CancellationToken cancellation)
    {
        ChartRange located = _store.Read(
            store =>
            {
                SequenceRange found = Locate(store, login, range);
                return found.Indices.To - found.Indices.From < ColumnCache.MinCount
                    ? new ChartRange(found, edges, false, [])
                    : new ChartRange(found, edges, true, _columns.Find(store, found.Key, edges));
            },
            cancellation);
        return Summarize(range.Stream, located, budget, cancellation);
    }

    private IReadOnlyList<StreamSummary> Summarize(CdbPath stream, ChartRange located, QueryBudget budget, CancellationToken cancellation)
    {
        ColumnCollector collector = new(stream, located.Range.Indices.From, located.Edges, budget);
        ChartScan.Read(new SequenceScan(_store, stream, located.Range, sources: 1, budget, cancellation), located.Range.Indices, located.Known, collector, budget);
        IReadOnlyList<StreamSummary> columns = collector.Finish();
        if (located.IsRemembered)
        {
            _columns.Keep(located.Range.Key, located.Edges!, located.Range.TreeVersion, collector.Known);
        }

        return columns;
    }

    private ChartRange Locate(IStoreReader store, Login login, ChartQuery query)
    {
        SequenceRange range = Locate(store, login, query.Range);
        (SequenceKey key, IndexRange indices, _) = range;
        long count = indices.To - indices.From;
        bool isScripted = !string.IsNullOrEmpty(query.Range.Transform);
        bool isShort = query.Columns is { } columns && count <= 2 * columns && !isScripted;
        if (count == 0 || isShort)
        {
            return new ChartRange(range, null, false, []);
        }

        ColumnEdges edges = ColumnEdges.Of(query, TimeAt(store, key, indices.From), TimeAt(store, key, indices.To - 1));
        return isScripted || count < ColumnCache.MinCount
            ? new ChartRange(range, edges, false, [])
            : new ChartRange(range, edges, true, _columns.Find(store, key, edges));
    }

    private static double TimeAt(IStoreReader store, SequenceKey key, long index) => store.Read(key, index, index + 1).Times.Span[0];

    /// <param name="Range">The range of the chart.</param>
    /// <param name="Edges">Null for a column for each datapoint.</param>
    /// <param name="IsRemembered">The columns are remembered.</param>
    /// <param name="Known">Columns that are remembered; also some outside of the range.</param>
    private sealed record ChartRange(SequenceRange Range, ColumnEdges? Edges, bool IsRemembered, IReadOnlyList<IndexedColumn> Known);
}

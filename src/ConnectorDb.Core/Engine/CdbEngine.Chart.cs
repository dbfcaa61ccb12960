using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Charts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Reading;
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
    private List<StreamSummary>? ChartUnlessMissing(Login login, ChartQuery query, QueryBudget budget, CancellationToken cancellation)
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

    private List<StreamSummary> Chart(Login login, ChartQuery query, QueryBudget budget, CancellationToken cancellation)
    {
        DataQuery range = query.Range;
        (SequenceKey key, IndexRange indices, double first, double last) = _store.Read(
            store =>
            {
                (SequenceKey key, IndexRange indices) = Locate(store, login, range);
                return indices.From >= indices.To
                    ? (key, indices, 0.0, 0.0)
                    : (key, indices, TimeAt(store, key, indices.From), TimeAt(store, key, indices.To - 1));
            },
            cancellation);
        long count = indices.To - indices.From;
        if (count <= 0)
        {
            return [];
        }

        bool isScripted = !string.IsNullOrEmpty(range.Transform);
        bool isShort = query.Columns is { } columns && count <= 2 * columns && !isScripted;
        ColumnCollector collector = new(range.Stream, isShort ? null : ColumnEdges.Of(query, first, last), budget);
        if (isScripted)
        {
            foreach (Block block in Read(login, range, budget, sources: 1, cancellation))
            {
                budget.Check();
                collector.Add(block);
            }
        }
        else
        {
            ChartScan.Read(new SequenceScan(_store, range.Stream, key, sources: 1, budget, cancellation), indices.From, indices.To, collector, budget);
        }

        return collector.Finish();
    }

    private static double TimeAt(IStoreReader store, SequenceKey key, long index) => store.Read(key, index, index + 1).Times.Span[0];
}

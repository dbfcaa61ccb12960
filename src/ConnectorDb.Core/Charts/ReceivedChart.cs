using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;

namespace ConnectorDb.Core.Charts;

/// <summary>The columns of datapoints that a server sends, which cannot summarize them itself.</summary>
internal static class ReceivedChart
{
    public static async ValueTask<IReadOnlyList<StreamSummary>> OfAsync(ChartQuery query, IAsyncEnumerable<Block> points, CancellationToken cancellation)
    {
        List<Block> received = [];
        await foreach (Block block in points.WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (block.Count > 0)
            {
                received.Add(block);
            }
        }

        if (received.Count == 0)
        {
            return [];
        }

        bool isShort = query.Columns is { } columns && received.Sum(block => block.Count) <= 2 * columns;
        ColumnEdges? edges = isShort ? null : ColumnEdges.Of(query, received[0].Times.Span[0], received[^1].Times.Span[^1]);
        using QueryBudget budget = QueryBudget.Embedded;
        ColumnCollector collector = new(query.Range.Stream, index: 0, edges, budget);
        foreach (Block block in received)
        {
            collector.Add(block);
        }

        return collector.Finish();
    }
}

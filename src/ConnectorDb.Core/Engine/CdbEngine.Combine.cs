using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <inheritdoc cref="Contracts.ICdbClient.MergeAsync"/>
    public IAsyncEnumerable<Block> Merge(Login login, IReadOnlyList<DataQuery> queries, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(queries);
        QueryBudget budget = BudgetOf(login, cancellation);
        budget.CheckStreams(queries.Count);
        return new BudgetedBlocks(Queries.Merge.ReadAsync(queries, new LoginStreams(this, login, budget, queries.Count), budget, cancellation), budget, countsRows: true);
    }

    /// <inheritdoc cref="Contracts.ICdbClient.DatasetAsync"/>
    public IAsyncEnumerable<Block> Dataset(Login login, DatasetQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryBudget budget = BudgetOf(login, cancellation);
        int sources = query.X.Count + query.Columns.Sum(column => column.Sources.Count);
        budget.CheckStreams(Math.Max(sources, query.Columns.Count));
        return new BudgetedBlocks(Queries.Dataset.ReadAsync(query, new LoginStreams(this, login, budget, sources), budget, cancellation), budget, countsRows: false);
    }
}

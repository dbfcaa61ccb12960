using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;

namespace ConnectorDb.Core.Engine;

/// <summary>The results of a query, each block computed within its budget: in its turn, while its clock runs. The reader's time does not count.</summary>
/// <param name="blocks">The results.</param>
/// <param name="budget">Ends with the enumeration.</param>
/// <param name="countsRows">The query does not count its results itself.</param>
internal sealed class BudgetedBlocks(IAsyncEnumerable<Block> blocks, QueryBudget budget, bool countsRows) : IAsyncEnumerable<Block>
{
    /// <exception cref="QueryLimitException">Too many queries of the user have not ended.</exception>
    public IAsyncEnumerator<Block> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        budget.Open();
        return new Enumerator(blocks.GetAsyncEnumerator(cancellationToken), budget, countsRows);
    }

    private sealed class Enumerator : IAsyncEnumerator<Block>
    {
        private readonly IAsyncEnumerator<Block> _blocks;
        private readonly QueryBudget _budget;
        private readonly Func<ValueTask<bool>> _computeNext;

        public Enumerator(IAsyncEnumerator<Block> blocks, QueryBudget budget, bool countsRows)
        {
            (_blocks, _budget) = (blocks, budget);
            _computeNext = async () =>
            {
                bool isThere = await blocks.MoveNextAsync().ConfigureAwait(false);
                budget.AddRows(isThere && countsRows ? blocks.Current.Count : 0);
                return isThere;
            };
        }

        public Block Current => _blocks.Current;

        public ValueTask<bool> MoveNextAsync() => _budget.ComputeAsync(_computeNext);

        public async ValueTask DisposeAsync()
        {
            await _blocks.DisposeAsync().ConfigureAwait(false);
            _budget.Dispose();
        }
    }
}

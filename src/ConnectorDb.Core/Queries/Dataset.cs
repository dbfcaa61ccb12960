using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript;

namespace ConnectorDb.Core.Queries;

/// <summary>
/// Values of several streams at common times. Rows are made block by block; streams are read just beyond the rows that
/// were asked for, so the memory that is needed does not depend on the range.
/// </summary>
public static class Dataset
{
    /// <summary>The rows of the dataset as a <see cref="RecordColumn"/>, unless a post-transform makes something else of them. Rows before a failure are given.</summary>
    /// <param name="query">The dataset.</param>
    /// <param name="reader">Reads the streams.</param>
    /// <param name="budget">The budget of the dataset; null for the limits of this process.</param>
    /// <param name="cancellation">Ends the dataset.</param>
    /// <exception cref="InvalidRangeException">The range of the dataset or of a stream makes no sense, or is too large without <see cref="DatasetQuery.Force"/>.</exception>
    /// <exception cref="InvalidValueException">A column makes no sense.</exception>
    /// <exception cref="ScriptSyntaxException">A transform cannot be read, or an interpolator is neither known nor a script.</exception>
    /// <exception cref="NotFoundException">There is no such stream.</exception>
    /// <exception cref="ScriptRuntimeException">A datapoint does not fit.</exception>
    /// <exception cref="QueryLimitException">A limit of the budget is reached.</exception>
    public static IAsyncEnumerable<Block> ReadAsync(DatasetQuery query, IStreamReader reader, QueryBudget? budget = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(reader);
        return TransformedAsync(query, reader, budget ?? QueryBudget.Embedded, cancellation);
    }

    private static async IAsyncEnumerable<Block> TransformedAsync(DatasetQuery query, IStreamReader reader, QueryBudget budget, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Script? script = query.PostTransform is { } text ? Script.Parse(text, budget: budget) : null;
        DatasetCheck.Check(query);
        IAsyncEnumerable<Block> rows = RowsAsync(query, reader, budget, cancellation);
        await foreach (Block block in (script?.RunAsync(rows, budget, cancellation) ?? rows).ConfigureAwait(false))
        {
            yield return block;
        }
    }

    private static async IAsyncEnumerable<Block> RowsAsync(DatasetQuery query, IStreamReader reader, QueryBudget budget, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using DatasetRows rows = new(query, reader, budget, cancellation);
        await rows.OpenAsync().ConfigureAwait(false);
        ExceptionDispatchInfo? failure = null;
        while (failure is null && await rows.NextAsync().ConfigureAwait(false) is { } next)
        {
            if (next.Rows.Count > 0)
            {
                yield return next.Rows;
            }

            failure = next.Failure;
        }

        failure?.Throw();
    }
}

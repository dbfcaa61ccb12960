using ConnectorDb.Columns;

namespace ConnectorDb.Core.Queries;

/// <summary>The times of the next rows of a dataset, and in an X-dataset the values of <c>x</c>.</summary>
/// <param name="Ends">The last moments of the rows' intervals, in unix seconds.</param>
internal sealed record RowBatch(ReadOnlyMemory<double> Times, ReadOnlyMemory<double> Ends, Column? X = null)
{
    /// <summary>The maximum number of rows in one batch: its columns stay in the caches.</summary>
    private const int MaxCount = 4096;

    /// <summary>The maximum number of values in one batch, so that datasets of very many columns need no more memory.</summary>
    private const int MaxCells = 1 << 20;

    /// <summary>The maximum number of rows in one batch of a number of columns.</summary>
    public static int MaxCountOf(int columns) => Math.Clamp(MaxCells / columns, 1, MaxCount);
}

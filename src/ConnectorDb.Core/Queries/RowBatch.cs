using ConnectorDb.Columns;

namespace ConnectorDb.Core.Queries;

/// <summary>The times of the next rows of a dataset, and in an X-dataset the values of <c>x</c>.</summary>
/// <param name="Ends">The last moments of the rows' intervals, in unix seconds.</param>
internal sealed record RowBatch(ReadOnlyMemory<double> Times, ReadOnlyMemory<double> Ends, Column? X = null)
{
    /// <summary>The maximum number of rows in one batch: its columns stay in the caches.</summary>
    public const int MaxCount = 4096;
}

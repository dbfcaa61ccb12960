namespace ConnectorDb.Core.Queries;

/// <summary>The times of the rows of a dataset.</summary>
internal interface IRowSource : IAsyncDisposable
{
    /// <summary>The next rows; null when there are no more.</summary>
    /// <param name="maxRows">The maximum number of rows.</param>
    ValueTask<RowBatch?> NextAsync(int maxRows);
}

namespace ConnectorDb.Core.Queries;

/// <summary>Says at which times a dataset has its rows.</summary>
internal interface IRowSource : IAsyncDisposable
{
    /// <summary>The next rows; null when there are no more.</summary>
    ValueTask<RowBatch?> NextAsync();
}

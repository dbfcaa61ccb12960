namespace ConnectorDb.Core.Files;

/// <summary>Stores the work of writers in groups, for one <see cref="WriteQueue{TState}"/>. Disposed when no group runs any more.</summary>
/// <typeparam name="TState">The state that the work changes.</typeparam>
internal interface IGroupCommit<TState> : IDisposable
{
    /// <summary>Runs and stores the work of requests, and of those that join them. Returns the error of each, or null.</summary>
    /// <param name="requests">Those that join are added.</param>
    /// <param name="takeWaiting">Takes the requests that arrived meanwhile out of the queue.</param>
    /// <param name="isAsync">False if this thread is to wait for the store.</param>
    ValueTask<Exception?[]> RunAsync(List<WriteRequest<TState>> requests, Func<WriteRequest<TState>[]> takeWaiting, bool isAsync);
}

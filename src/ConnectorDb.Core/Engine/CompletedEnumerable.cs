namespace ConnectorDb.Core.Engine;

/// <summary>Wraps an enumerable whose items need no waiting as an asynchronous one.</summary>
internal static class CompletedEnumerable
{
    public static IAsyncEnumerable<T> Of<T>(IEnumerable<T> items) => new Items<T>(items);

    private sealed class Items<T>(IEnumerable<T> items) : IAsyncEnumerable<T>
    {
        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
            => new Enumerator<T>(items.GetEnumerator(), cancellationToken);
    }

    private sealed class Enumerator<T>(IEnumerator<T> items, CancellationToken cancellation) : IAsyncEnumerator<T>
    {
        public T Current => items.Current;

        public ValueTask<bool> MoveNextAsync()
        {
            cancellation.ThrowIfCancellationRequested();
            return new ValueTask<bool>(items.MoveNext());
        }

        public ValueTask DisposeAsync()
        {
            items.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

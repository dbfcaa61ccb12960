namespace ConnectorDb.Core.Engine.Identities;

/// <summary>Computes few password hashes at a time, which take a tenth of a second each: others keep the processor. No thread waits for its turn.</summary>
internal sealed class PasswordQueue : IDisposable
{
    private readonly SemaphoreSlim _turns = new(PasswordHash.MaxAtOnce);

    /// <summary>Runs work that computes a hash, on the thread pool.</summary>
    public async ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(work, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}

namespace ConnectorDb.PowerShell.Completion;

/// <summary>
/// Reads lists from a database for one completion: together for a second, because the user waits for the key. The first list of a process
/// may take longer: it loads code, and opens a connection to the server.
/// </summary>
internal sealed class Lookup
{
    private static TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly long _began = TimeProvider.System.GetTimestamp();

    /// <summary>The elements of a list; none when the database does not respond in time.</summary>
    /// <exception cref="CdbException">The database refuses the list.</exception>
    public T[] List<T>(Func<CancellationToken, IAsyncEnumerable<T>> read)
    {
        TimeSpan left = s_patience - TimeProvider.System.GetElapsedTime(_began);
        if (left <= TimeSpan.Zero)
        {
            return [];
        }

        using CancellationTokenSource end = new();
        CancellationToken cancellation = end.Token;
        Task<T[]> reading = Task.Run(() => read(cancellation).ToArrayAsync(cancellation).AsTask(), CancellationToken.None);
        try
        {
            if (Task.WaitAny([reading], left) != 0)
            {
                return [];
            }

            s_patience = TimeSpan.FromSeconds(1);
            return reading.GetAwaiter().GetResult();
        }
        finally
        {
            end.Cancel();
        }
    }
}

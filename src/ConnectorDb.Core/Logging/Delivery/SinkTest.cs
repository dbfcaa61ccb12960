using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Logging.Delivery;

/// <summary>Tests whether a destination can be used.</summary>
public static class SinkTest
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <param name="location">The address or file of the destination.</param>
    /// <param name="open">Creates a sink for the test.</param>
    /// <returns>A noun phrase for what the first write will create, and the login; null for none.</returns>
    /// <exception cref="CdbException">The destination cannot be used, or does not respond in ten seconds.</exception>
    public static async Task<(string? Creation, SinkLogin? Login)> RunAsync(string location, Func<ISink> open, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_limit);
        CancellationToken end = limit.Token;
        try
        {
            // A client that connects does not watch the token, and is left alone at the limit.
            return await Task.Run(() => AskAsync(open, end), CancellationToken.None).WaitAsync(end).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SinkException($"'{location}' did not respond within {SecondsText.Of(s_limit.TotalSeconds)}. Check the address and the port, and that the service is running.", location);
        }
    }

    private static async Task<(string? Creation, SinkLogin? Login)> AskAsync(Func<ISink> open, CancellationToken end)
    {
        ISink sink = open();
        await using (sink.ConfigureAwait(false))
        {
            string? creation = await sink.TestAsync(end).ConfigureAwait(false);
            return (creation, sink.Login);
        }
    }
}

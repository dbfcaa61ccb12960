namespace ConnectorDb.Contracts;

/// <summary>Measures one quantity per call.</summary>
/// <remarks>Each poll item has its own sampler, which is never called concurrently and may keep state between calls, for example to compute a rate.</remarks>
public interface ISampler : IDisposable
{
    /// <summary>
    /// The value now: a number, a text, or an object of several fields. When the token is cancelled, the work ends and leaves nothing
    /// running behind.
    /// </summary>
    /// <exception cref="SampleException">There is no value this time.</exception>
    /// <exception cref="NotAvailableException">There will never be one here.</exception>
    ValueTask<DataValue> SampleAsync(CancellationToken cancellation);
}

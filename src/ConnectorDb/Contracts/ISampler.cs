namespace ConnectorDb.Contracts;

/// <summary>
/// Measures one thing, as often as it is asked. Each poll item has its own, whose calls come one after the other, so that it
/// may keep what a rate is computed from.
/// </summary>
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

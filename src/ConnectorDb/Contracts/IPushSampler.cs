using ConnectorDb.Polling;

namespace ConnectorDb.Contracts;

/// <summary>A sampler whose source sends values by itself, such as an MQTT broker. A poller calls it at each slot of the item, so that it connects again after a failure.</summary>
public interface IPushSampler : ISampler, IAsyncDisposable
{
    /// <summary>Connects to the source if it is not connected. Until the sampler is disposed, arriving values are passed to <paramref name="write"/>.</summary>
    /// <param name="write">Returns when the values are on disk; only then the source is told that they arrived. After an exception it is called again with the same values.</param>
    /// <exception cref="SampleException">The source cannot be reached, or sent something that is not a value since the last call.</exception>
    ValueTask ListenAsync(Action<IReadOnlyList<PushedValue>> write, CancellationToken cancellation);
}

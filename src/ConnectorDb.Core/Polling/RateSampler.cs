using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>
/// Measures by the difference of two readings of counters: each since the last, and never over a shorter time than counters can be told apart in. A counter
/// that went back, because the machine or the device began anew, gives no value.
/// </summary>
internal abstract class RateSampler(SamplerContext context) : Sampler(context)
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(200);
    private long[]? _last;
    private long _lastTime;

    public sealed override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        if (_last is null)
        {
            await TakeAsync(cancellation).ConfigureAwait(false);
        }

        TimeSpan early = s_shortest - Time.GetElapsedTime(_lastTime);
        if (early > TimeSpan.Zero)
        {
            await Task.Delay(early, Time, cancellation).ConfigureAwait(false);
        }

        (long[] before, long since) = (_last!, _lastTime);
        await TakeAsync(cancellation).ConfigureAwait(false);
        long[] change = [.. _last!.Zip(before, (now, then) => now - then)];
        return change.Any(each => each < 0)
            ? throw NoValue($"{Context.Key}: the counters began anew since the last time; the next value can be computed again.")
            : Compute(change, Time.GetElapsedTime(since, _lastTime).TotalSeconds);
    }

    /// <summary>The counters now, always the same ones.</summary>
    protected abstract ValueTask<long[]> ReadCountersAsync(CancellationToken cancellation);

    /// <param name="change">By how much each counter has grown.</param>
    /// <param name="seconds">In which time.</param>
    protected abstract DataValue Compute(long[] change, double seconds);

    private async ValueTask TakeAsync(CancellationToken cancellation)
    {
        _last = await ReadCountersAsync(cancellation).ConfigureAwait(false);
        _lastTime = Time.GetTimestamp();
    }
}

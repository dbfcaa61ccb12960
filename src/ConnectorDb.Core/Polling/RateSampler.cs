using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>
/// Measures rates from two readings of counters: the current and the previous one, at least 200 ms apart. A counter that was reset,
/// because the machine or device restarted, gives no value.
/// </summary>
internal abstract class RateSampler(SamplerContext context) : Sampler(context)
{
    private static readonly TimeSpan s_minInterval = TimeSpan.FromMilliseconds(200);
    private long[]? _last;
    private long _lastTime;

    public sealed override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        if (_last is null)
        {
            await TakeAsync(cancellation).ConfigureAwait(false);
        }

        TimeSpan early = s_minInterval - Time.GetElapsedTime(_lastTime);
        if (early > TimeSpan.Zero)
        {
            await Task.Delay(early, Time, cancellation).ConfigureAwait(false);
        }

        (long[] before, long since) = (_last!, _lastTime);
        await TakeAsync(cancellation).ConfigureAwait(false);
        long[] change = [.. _last!.Zip(before, (now, then) => now - then)];
        return change.Any(each => each < 0)
            ? throw NoValue($"{Context.Key}: the counters were reset since the last measurement. The next measurement will have a value.")
            : Compute(change, Time.GetElapsedTime(since, _lastTime).TotalSeconds);
    }

    /// <summary>Reads the counters, always the same ones in the same order.</summary>
    protected abstract ValueTask<long[]> ReadCountersAsync(CancellationToken cancellation);

    /// <param name="change">The increase of each counter.</param>
    /// <param name="seconds">The elapsed time in seconds.</param>
    protected abstract DataValue Compute(long[] change, double seconds);

    private async ValueTask TakeAsync(CancellationToken cancellation)
    {
        _last = await ReadCountersAsync(cancellation).ConfigureAwait(false);
        _lastTime = Time.GetTimestamp();
    }
}

namespace ConnectorDb.Server.Metrics;

/// <summary>A histogram of durations in seconds.</summary>
internal sealed class DurationHistogram
{
    private readonly long[] _counts = new long[Bounds.Count + 1];
    private long _ticks;

    /// <summary>The upper bounds of the buckets in seconds.</summary>
    public static IReadOnlyList<double> Bounds { get; } = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];

    /// <summary>The sum of all durations in seconds.</summary>
    public double Sum => TimeSpan.FromTicks(Volatile.Read(ref _ticks)).TotalSeconds;

    public void Add(double seconds)
    {
        int bucket = 0;
        while (bucket < Bounds.Count && seconds > Bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _ticks, TimeSpan.FromSeconds(seconds).Ticks);
    }

    /// <summary>The cumulative count at each bound, and the count of all durations at the end.</summary>
    public long[] CumulativeCounts()
    {
        long[] cumulative = new long[_counts.Length];
        long sum = 0;
        for (int i = 0; i < cumulative.Length; i++)
        {
            cumulative[i] = sum += Volatile.Read(ref _counts[i]);
        }

        return cumulative;
    }
}

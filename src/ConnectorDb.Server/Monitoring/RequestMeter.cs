namespace ConnectorDb.Server.Monitoring;

/// <summary>How many requests of one kind there were, and how long they took.</summary>
internal sealed class RequestMeter
{
    private readonly long[] _counts = new long[Bounds.Count + 1];
    private long _ticks;

    /// <summary>The upper bounds, in seconds, that durations are counted by.</summary>
    public static IReadOnlyList<double> Bounds { get; } = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];

    /// <summary>Seconds of all together.</summary>
    public double Sum => TimeSpan.FromTicks(Volatile.Read(ref _ticks)).TotalSeconds;

    public void Add(TimeSpan duration)
    {
        int place = 0;
        while (place < Bounds.Count && duration.TotalSeconds > Bounds[place])
        {
            place++;
        }

        Interlocked.Increment(ref _counts[place]);
        Interlocked.Add(ref _ticks, duration.Ticks);
    }

    /// <summary>How many took up to each of the bounds, and at last how many there were.</summary>
    public long[] Cumulated()
    {
        long[] cumulated = new long[_counts.Length];
        long sum = 0;
        for (int i = 0; i < cumulated.Length; i++)
        {
            cumulated[i] = sum += Volatile.Read(ref _counts[i]);
        }

        return cumulated;
    }
}

namespace ConnectorDb.Core.Retry;

/// <summary>The delay before a retry: it doubles with each failure up to a limit, minus random jitter so that many clients do not retry at the same time.</summary>
/// <param name="First">The delay after the first failure.</param>
/// <param name="Longest">The limit of the delay; at least <paramref name="First"/> applies.</param>
public sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    private const int MaxDoublings = 30;
    private const double Jitter = 0.2;

    /// <param name="failures">The number of consecutive failures, from 1.</param>
    /// <param name="requested">The delay that the other side asks for, which replaces the computed one.</param>
    public TimeSpan After(int failures, TimeSpan? requested = null) => After(failures, requested, Random.Shared.NextDouble());

    /// <inheritdoc cref="After(int, TimeSpan?)"/>
    /// <param name="random">A random number from 0 to 1, which selects the jitter.</param>
    internal TimeSpan After(int failures, TimeSpan? requested, double random)
    {
        if (requested is { } given && given > TimeSpan.Zero)
        {
            return given;
        }

        double doubled = First.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, MaxDoublings));
        return TimeSpan.FromSeconds(Math.Min(doubled, Math.Max(First.TotalSeconds, Longest.TotalSeconds)) * (1 - (Jitter * random)));
    }
}

namespace ConnectorDb.Core.Client.Remote;

/// <summary>How often something is tried again, and how long one waits before: twice as long each time, by chance a little less or more.</summary>
public sealed record RetryPolicy
{
    /// <summary>Tries in all.</summary>
    public int Attempts { get; init; } = 5;

    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait before the try that follows so many failures.</summary>
    /// <param name="asked">What the other side asked for; it is kept to, up to <see cref="LongestPause"/>.</param>
    public TimeSpan PauseAfter(int failures, TimeSpan? asked = null)
    {
        double doubled = FirstPause.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 30));
        double jitter = 0.75 + (Random.Shared.NextDouble() / 2);
        double pause = Math.Max(asked?.TotalSeconds ?? 0, doubled * jitter);
        return TimeSpan.FromSeconds(Math.Min(pause, LongestPause.TotalSeconds));
    }
}

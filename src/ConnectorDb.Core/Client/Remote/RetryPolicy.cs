using ConnectorDb.Core.Retry;

namespace ConnectorDb.Core.Client.Remote;

/// <summary>The number of attempts of a request, and the pauses between them.</summary>
public sealed record RetryPolicy
{
    /// <summary>Attempts in all.</summary>
    public int Attempts { get; init; } = 5;

    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause after the given number of failures.</summary>
    /// <param name="failures">From 1.</param>
    /// <param name="requested">The pause that the server asks for; at most <see cref="LongestPause"/> is used, because a caller waits.</param>
    public TimeSpan PauseAfter(int failures, TimeSpan? requested = null)
        => new Backoff(FirstPause, LongestPause).After(failures, requested > LongestPause ? LongestPause : requested);
}

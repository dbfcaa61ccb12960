using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>What a configuration file of a poller says.</summary>
public sealed record PollConfiguration
{
    public IReadOnlyList<PollItem> Items { get; init; } = [];

    /// <summary>Measurements at once, <c>polling_threads</c>; null when it does not say.</summary>
    public int? Concurrency { get; init; }

    public PollDestination Destination { get; init; } = new();

    /// <summary>How often the poller writes how it stands; null for never.</summary>
    public PollMetrics? Metrics { get; init; }
}

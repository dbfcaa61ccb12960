using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>The content of a configuration file of a poller.</summary>
public sealed record PollConfiguration
{
    public IReadOnlyList<PollItem> Items { get; init; } = [];

    /// <summary>The maximum number of concurrent measurements, <c>polling_threads</c>, or null.</summary>
    public int? Concurrency { get; init; }

    public PollDestination Destination { get; init; } = new();

    /// <summary>The metrics to write, or null for none.</summary>
    public PollMetrics? Metrics { get; init; }
}

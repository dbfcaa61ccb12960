using ConnectorDb.Contracts;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>The options of a poller.</summary>
public sealed record PollerOptions
{
    /// <summary>Writes the values of about a second and returns those that are refused for good. When it throws, the same values are written again later.</summary>
    public required Func<IReadOnlyList<PolledValue>, IReadOnlyList<RefusedValue>> Write { get; init; }

    /// <summary>The maximum number of concurrent measurements.</summary>
    public int Concurrency { get; init; } = 32;

    /// <summary>The maximum number of values to keep while they cannot be written; beyond it the oldest are dropped.</summary>
    public int MaxUnwritten { get; init; } = 100_000;

    /// <summary>Saves a change of the items before it takes effect; an exception rejects the change.</summary>
    public Action<Func<IReadOnlyList<PollItem>, IReadOnlyList<PollItem>>>? Save { get; init; }

    /// <summary>The metrics to write, or null for none.</summary>
    public PollMetrics? Metrics { get; init; }

    /// <summary>Called with the error when an item begins to fail, and with null when it recovers.</summary>
    public Action<PollItem, string?>? StateChanged { get; init; }

    public Func<SamplerContext, ISampler> Open { get; init; } = SamplerCatalog.Open;

    public Func<string, bool> Knows { get; init; } = SamplerCatalog.Contains;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Starts a measurement, by default on a thread of the pool, so that a blocking sampler does not delay others.</summary>
    internal Func<Func<Task<DataValue?>>, Task<DataValue?>> Run { get; init; } = Task.Run;
}

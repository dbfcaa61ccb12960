using ConnectorDb.Contracts;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>What a poller is made with.</summary>
public sealed record PollerOptions
{
    /// <summary>Takes what was measured in about a second; the answer is what it will never take. When it throws, the same values come again.</summary>
    public required Func<IReadOnlyList<PolledValue>, IReadOnlyList<RefusedValue>> Write { get; init; }

    /// <summary>Measurements at once.</summary>
    public int Concurrency { get; init; } = 32;

    /// <summary>Values that are kept while they cannot be written; beyond, the oldest are dropped.</summary>
    public int MostUnwritten { get; init; } = 100_000;

    /// <summary>Keeps a change of the items before it takes effect; what it throws refuses the change.</summary>
    public Action<Func<IReadOnlyList<PollItem>, IReadOnlyList<PollItem>>>? Keep { get; init; }

    /// <summary>Write how the poller stands, too; null for not.</summary>
    public PollMetrics? Metrics { get; init; }

    /// <summary>Is told when an item begins to fail, and why; and by null when it has values again.</summary>
    public Action<PollItem, string?>? Turned { get; init; }

    public Func<SamplerContext, ISampler> Open { get; init; } = SamplerCatalog.Open;

    public Func<string, bool> Knows { get; init; } = SamplerCatalog.Contains;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where measurements run: each on a thread of the pool, so that one that blocks holds up no other.</summary>
    internal Func<Func<Task<DataValue>>, Task<DataValue>> Run { get; init; } = Task.Run;
}

namespace ConnectorDb.Contracts;

/// <summary>The outcome of one entry.</summary>
public enum SinkVerdict
{
    /// <summary>The destination has stored the entry.</summary>
    Accepted,

    /// <summary>The destination will never accept the entry.</summary>
    Rejected,

    /// <summary>The entry will be sent again.</summary>
    Keep,
}

/// <summary>An entry that the destination will never accept unchanged.</summary>
/// <param name="Index">The index in the batch, from 0.</param>
/// <param name="IsOlder">The entry is older than the newest datapoint of the stream.</param>
public sealed record RejectedEntry(int Index, string Reason, bool IsOlder = false);

/// <summary>The outcome of a batch: the first <paramref name="Decided"/> entries are accepted or rejected, the rest is kept.</summary>
/// <param name="Rejected">The rejected entries, ordered by index.</param>
public sealed record BatchOutcome(int Decided, IReadOnlyList<RejectedEntry> Rejected)
{
    /// <summary>The number of decided entries that the sink left out, because it takes no entries of their kind.</summary>
    public int LeftOut { get; init; }

    /// <summary>The number of entries that the destination has stored.</summary>
    public int Delivered => Decided - Rejected.Count - LeftOut;

    /// <summary>The reason why the rest is kept.</summary>
    public Exception? Fault { get; init; }

    public SinkVerdict this[int index]
        => index >= Decided ? SinkVerdict.Keep
            : Rejected.Any(rejected => rejected.Index == index) ? SinkVerdict.Rejected
            : SinkVerdict.Accepted;

    public static BatchOutcome Accepted(SinkBatch batch) => new(batch.Count, []);

    /// <summary>Nothing of the batch is decided.</summary>
    public static BatchOutcome Kept(Exception? fault) => new(0, []) { Fault = fault };
}

namespace ConnectorDb.Contracts;

/// <summary>What became of one item.</summary>
public enum SinkVerdict
{
    /// <summary>It is at the destination.</summary>
    Accepted,

    /// <summary>The destination will never take it.</summary>
    Rejected,

    /// <summary>It has to be sent again.</summary>
    Keep,
}

/// <summary>An item that the destination will never take as it is.</summary>
/// <param name="Place">Its place in the run, from 0.</param>
/// <param name="IsOlder">It is older than the newest datapoint there.</param>
public sealed record RejectedEntry(int Index, string Reason, bool IsOlder = false);

/// <summary>What became of the items of a run: the first <paramref name="Decided"/> are accepted or rejected, the rest is kept.</summary>
/// <param name="Rejected">The rejected ones, by place.</param>
public sealed record BatchOutcome(int Decided, IReadOnlyList<RejectedEntry> Rejected)
{
    /// <summary>Why the rest is kept.</summary>
    public Exception? Fault { get; init; }

    public SinkVerdict this[int place]
        => place >= Decided ? SinkVerdict.Keep
            : Rejected.Any(rejected => rejected.Index == place) ? SinkVerdict.Rejected
            : SinkVerdict.Accepted;

    public static BatchOutcome Accepted(SinkBatch run) => new(run.Count, []);

    /// <summary>Nothing of the run is decided.</summary>
    public static BatchOutcome Kept(Exception? fault) => new(0, []) { Fault = fault };
}

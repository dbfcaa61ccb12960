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
public sealed record Refusal(int Place, string Reason, bool IsOlder = false);

/// <summary>What became of the items of a run: the first <paramref name="Decided"/> are accepted or rejected, the rest is kept.</summary>
/// <param name="Refused">The rejected ones, by place.</param>
public sealed record RunOutcome(int Decided, IReadOnlyList<Refusal> Refused)
{
    /// <summary>Why the rest is kept.</summary>
    public Exception? Fault { get; init; }

    public SinkVerdict this[int place]
        => place >= Decided ? SinkVerdict.Keep
            : Refused.Any(refusal => refusal.Place == place) ? SinkVerdict.Rejected
            : SinkVerdict.Accepted;

    public static RunOutcome Accepted(SinkRun run) => new(run.Count, []);

    /// <summary>Nothing of the run is decided.</summary>
    public static RunOutcome Kept(Exception? fault) => new(0, []) { Fault = fault };
}

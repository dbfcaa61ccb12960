namespace ConnectorDb.Contracts;

/// <summary>The result of a write to one channel of a logger.</summary>
/// <param name="Count">The number of written datapoints.</param>
public sealed record LogResult(long Count)
{
    /// <summary>The datapoints that were not written, by index. Always empty with <see cref="OnInvalid.RejectAll"/>.</summary>
    public IReadOnlyList<RejectedDatapoint> Rejected { get; init; } = [];

    /// <summary>The reason why nothing of the block was written, such as an undeclared channel; null otherwise.</summary>
    public CdbException? Error { get; init; }
}

namespace ConnectorDb.Contracts;

/// <summary>The result of an append to one stream.</summary>
/// <param name="Count">How many datapoints were stored.</param>
/// <param name="Target">Where they were stored: the stream, or its downlink.</param>
public sealed record AppendResult(long Count, CdbPath Target)
{
    /// <summary>The datapoints that were not stored, by index. Always empty with <see cref="OnInvalid.RejectAll"/>.</summary>
    public IReadOnlyList<RejectedDatapoint> Rejected { get; init; } = [];

    /// <summary>Why nothing of the block was stored, such as a missing stream or permission; null otherwise.</summary>
    public CdbException? Error { get; init; }
}

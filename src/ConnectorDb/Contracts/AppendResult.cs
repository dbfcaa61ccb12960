namespace ConnectorDb.Contracts;

/// <summary>The result of an append to one stream.</summary>
public sealed record AppendResult
{
    private readonly CdbPath _target;

    public AppendResult(long count, CdbPath target)
    {
        Count = count;
        _target = target;
    }

    /// <summary>How many datapoints were stored.</summary>
    public long Count { get; }

    /// <summary>The path where they were stored: of the stream, or of its downlink.</summary>
    public string Target => _target.ToString();

    /// <summary>The datapoints that were not stored, by index. Always empty with <see cref="OnInvalid.RejectAll"/>.</summary>
    public RejectedDatapoint[] Rejected { get; init; } = [];

    /// <summary>Why nothing of the block was stored, such as a missing stream or permission; null otherwise.</summary>
    public CdbException? Error { get; init; }

    /// <summary>The target with its parts. A method, so that the property is a text.</summary>
    public CdbPath GetTarget() => _target;
}

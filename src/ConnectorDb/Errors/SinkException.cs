namespace ConnectorDb;

/// <summary>A destination did not take what it was sent; what it was sent is kept.</summary>
public sealed class SinkException(string message, object? target, Exception? cause = null) : CdbException(message, target, cause)
{
    /// <summary>How long the destination asks to be left alone; null when it says nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

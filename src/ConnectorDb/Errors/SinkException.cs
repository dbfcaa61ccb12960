namespace ConnectorDb;

/// <summary>A destination did not accept a batch. The logger keeps the entries.</summary>
public sealed class SinkException(string message, object? target, Exception? cause = null) : CdbException(message, target, cause)
{
    /// <summary>The delay before the next attempt that the destination asked for; null for none.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

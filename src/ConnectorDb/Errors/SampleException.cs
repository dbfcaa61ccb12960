namespace ConnectorDb;

/// <summary>A measurement failed.</summary>
public sealed class SampleException(string message, object? target, Exception? cause = null) : CdbException(message, target, cause);

namespace ConnectorDb;

/// <summary>Something was to be measured, and there is no value: the message says why.</summary>
public sealed class SampleException(string message, object? target, Exception? cause = null) : CdbException(message, target, cause);

namespace ConnectorDb;

/// <summary>The schema of a stream is not a valid JSON Schema.</summary>
public sealed class InvalidSchemaException(string message, object? target, Exception? cause = null) : CdbException(message, target, cause);

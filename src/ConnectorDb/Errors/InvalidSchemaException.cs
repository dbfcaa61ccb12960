namespace ConnectorDb;

/// <summary>The schema given for a stream is not a JSON Schema.</summary>
public sealed class InvalidSchemaException(string message, object? target, Exception? cause = null) : CdbException(message, target, cause);

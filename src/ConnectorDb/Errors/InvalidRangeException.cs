namespace ConnectorDb;

/// <summary>The range of a query contradicts itself or cannot be served.</summary>
public sealed class InvalidRangeException(string message, object? target) : CdbException(message, target);

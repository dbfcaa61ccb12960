namespace ConnectorDb;

/// <summary>The range of a query is contradictory or not supported.</summary>
public sealed class InvalidRangeException(string message, object? target) : CdbException(message, target);

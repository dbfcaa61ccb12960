namespace ConnectorDb;

/// <summary>This machine or platform does not have the thing at all: asking again is no use.</summary>
public sealed class NotAvailableException(string message, object? target, Exception? cause = null) : CdbException(message, target, cause);

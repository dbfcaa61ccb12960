namespace ConnectorDb;

/// <summary>This machine or platform does not provide a feature or device, so a retry cannot succeed.</summary>
public sealed class NotAvailableException(string message, object? target, Exception? cause = null) : CdbException(message, target, cause);

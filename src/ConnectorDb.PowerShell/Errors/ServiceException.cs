namespace ConnectorDb.PowerShell.Errors;

/// <summary>The system failed to install or remove a service.</summary>
internal sealed class ServiceException(string message, object? target, Exception? cause = null) : CdbException(message, target, cause);

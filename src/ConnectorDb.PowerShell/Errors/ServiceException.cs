namespace ConnectorDb.PowerShell.Errors;

/// <summary>The system did not do what installing or removing a service takes.</summary>
internal sealed class ServiceException(string message, object? target, Exception? cause = null) : CdbException(message, target, cause);

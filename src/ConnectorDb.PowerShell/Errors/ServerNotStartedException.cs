namespace ConnectorDb.PowerShell.Errors;

/// <summary>A server ended before it was ready, or was not ready in time.</summary>
internal sealed class ServerNotStartedException(string message, object? target) : CdbException(message, target);

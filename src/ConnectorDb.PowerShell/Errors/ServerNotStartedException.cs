namespace ConnectorDb.PowerShell.Errors;

/// <summary>A server ended, or said nothing for too long, before it served.</summary>
internal sealed class ServerNotStartedException(string message, object? target) : CdbException(message, target);

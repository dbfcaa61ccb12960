namespace ConnectorDb.PowerShell.Errors;

/// <summary>This machine has no runtime for the server.</summary>
internal sealed class ServerRuntimeMissingException(string message) : CdbException(message, null);

namespace ConnectorDb.PowerShell.Errors;

/// <summary>Nothing on this machine can run the server.</summary>
internal sealed class ServerRuntimeMissingException(string message) : CdbException(message, null);

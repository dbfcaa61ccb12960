namespace ConnectorDb.Server.Api;

/// <summary>No endpoint has this path.</summary>
internal sealed class UnknownPathException(string message) : CdbException(message, null);

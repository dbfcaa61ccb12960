namespace ConnectorDb.Server.Api;

/// <summary>The path does not exist, or does not support the method.</summary>
internal sealed class UnknownPathException(string message) : CdbException(message, null);

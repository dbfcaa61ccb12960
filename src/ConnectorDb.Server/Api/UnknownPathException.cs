namespace ConnectorDb.Server.Api;

/// <summary>There is nothing at this path, or not for this method.</summary>
internal sealed class UnknownPathException(string message) : CdbException(message, null);

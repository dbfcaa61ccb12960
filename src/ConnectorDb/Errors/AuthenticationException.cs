namespace ConnectorDb;

/// <summary>The login failed.</summary>
public sealed class AuthenticationException(string message, object? target) : CdbException(message, target);

namespace ConnectorDb;

/// <summary>Nobody could be logged in with what was given.</summary>
public sealed class AuthenticationException(string message, object? target) : CdbException(message, target);

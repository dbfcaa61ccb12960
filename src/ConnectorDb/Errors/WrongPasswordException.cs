namespace ConnectorDb;

/// <summary>The old password, which a change of the own password needs, is wrong. The login itself is valid.</summary>
public sealed class WrongPasswordException(string message, object? target) : CdbException(message, target);

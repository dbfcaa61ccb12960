namespace ConnectorDb;

/// <summary>A name, e-mail address or key is already in use.</summary>
public sealed class NameTakenException(string message, object? target) : CdbException(message, target);

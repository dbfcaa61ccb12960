namespace ConnectorDb;

/// <summary>Something of this name, e-mail address or key is there already.</summary>
public sealed class NameTakenException(string message, object? target) : CdbException(message, target);

namespace ConnectorDb;

/// <summary>The device logged in as may not do this.</summary>
public sealed class PermissionDeniedException(string message, object? target) : CdbException(message, target);

namespace ConnectorDb;

/// <summary>The logged-in device lacks a permission.</summary>
public sealed class PermissionDeniedException(string message, object? target) : CdbException(message, target);

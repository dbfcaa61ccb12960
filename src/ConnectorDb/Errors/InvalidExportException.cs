namespace ConnectorDb;

/// <summary>A folder is not a complete export of users, devices or streams, or a newer version wrote it.</summary>
public sealed class InvalidExportException(string message, object? target, Exception? cause = null) : CdbException(message, target, cause);

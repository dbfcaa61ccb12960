namespace ConnectorDb;

/// <summary>A file or folder cannot be read or written.</summary>
public sealed class FileAccessException(string message, object? target, Exception? cause = null) : CdbException(message, target, cause);

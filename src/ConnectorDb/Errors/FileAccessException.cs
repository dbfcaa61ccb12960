namespace ConnectorDb;

/// <summary>The operating system does not let a file or folder be read or written.</summary>
public sealed class FileAccessException(string message, object? target, Exception? cause = null) : CdbException(message, target, cause);

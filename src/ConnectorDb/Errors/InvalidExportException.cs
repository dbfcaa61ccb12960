namespace ConnectorDb;

/// <summary>A folder does not hold exported users, devices or streams: it is no export, a part is missing or damaged, or a newer version wrote it.</summary>
public sealed class InvalidExportException(string message, object? target, Exception? cause = null) : CdbException(message, target, cause);

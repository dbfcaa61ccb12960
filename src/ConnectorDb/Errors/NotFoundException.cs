namespace ConnectorDb;

/// <summary>A user, device, stream or other object does not exist or is not visible to the caller.</summary>
public sealed class NotFoundException(string message, object? target) : CdbException(message, target);
